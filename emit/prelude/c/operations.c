// Operations on values whose types are known only when the program runs.

static inline bool is_number(Value v) { return v.tag == INT || v.tag == FLOAT; }

// Whether elements of these types may be compared at all.
static bool are_comparable(int a, int b, bool by_order) {
  if (a == ANY || b == ANY) {
    return !by_order || (a != BOOL && b != BOOL);
  }
  if (a >= LIST_OF(ANY) && b >= LIST_OF(ANY)) {
    return are_comparable(a - LIST_OF(0), b - LIST_OF(0), by_order);
  }
  bool are_numbers = (a == INT || a == FLOAT) && (b == INT || b == FLOAT);
  if (by_order) {
    return are_numbers || (a == TEXT && b == TEXT);
  }
  return !((a == BOOL && (b == INT || b == FLOAT)) || (b == BOOL && (a == INT || a == FLOAT)));
}

static int compare_numbers(Value a, Value b) {
  if (a.tag == INT && b.tag == INT) {
    return (a.integer > b.integer) - (a.integer < b.integer);
  }
  if (a.tag == INT) {
    return compare_int_float(a.integer, b.real);
  }
  if (b.tag == INT) {
    int order = compare_int_float(b.integer, a.real);
    return order == 2 ? 2 : -order;
  }
  return a.real < b.real ? -1 : a.real > b.real ? 1 : a.real == b.real ? 0 : 2;
}

#define compare_values(a, b) compare_values_at(a, b, __LINE__)

// -1, 0, 1, or 2 when they have no order because of nan.
static int compare_values_at(Value a, Value b, int line) {
  if (is_number(a) && is_number(b)) {
    return compare_numbers(a, b);
  }
  if (a.tag == TEXT && b.tag == TEXT) {
    int order = compare_str(a.str, b.str);
    return (order > 0) - (order < 0);
  }
  if (a.tag != LIST || b.tag != LIST ||
      !are_comparable(element_of(a.list, MOST_LEVELS), element_of(b.list, MOST_LEVELS), true)) {
    fail(line, "type", "cannot compare %s and %s", describe(a), describe(b));
  }
  for (int64_t i = 0; i < a.list->size && i < b.list->size; i++) {
    OWNED_VALUE Value x = item_of(a.list, i);
    OWNED_VALUE Value y = item_of(b.list, i);
    int order = compare_values_at(x, y, line);
    if (order != 0) {
      return order;
    }
  }
  return (a.list->size > b.list->size) - (a.list->size < b.list->size);
}

#define equal_values(a, b) equal_values_at(a, b, __LINE__)

static bool equal_values_at(Value a, Value b, int line) {
  if (a.tag == NONE || b.tag == NONE) {
    return a.tag == b.tag;
  }
  if (is_number(a) && is_number(b)) {
    return compare_numbers(a, b) == 0;
  }
  bool is_good = !((a.tag >= FUNCTION || b.tag >= FUNCTION) ||
                   (a.tag == BOOL && is_number(b)) || (b.tag == BOOL && is_number(a)));
  if (a.tag == LIST && b.tag == LIST) {
    is_good = are_comparable(element_of(a.list, MOST_LEVELS), element_of(b.list, MOST_LEVELS),
                             false);
  }
  if (!is_good) {
    fail(line, "type", "cannot compare %s and %s", describe(a), describe(b));
  }
  if (a.tag != b.tag) {
    return false;
  }
  if (a.tag != LIST) {
    return a.tag == BOOL ? a.boolean == b.boolean : equal_str(a.str, b.str);
  }
  bool are_equal = a.list->size == b.list->size;
  for (int64_t i = 0; are_equal && i < a.list->size; i++) {
    OWNED_VALUE Value x = item_of(a.list, i);
    OWNED_VALUE Value y = item_of(b.list, i);
    are_equal = equal_values_at(x, y, line);
  }
  return are_equal;
}

// Of an order: greater, or equal.
static inline bool at_least(int order) { return order == 0 || order == 1; }

__attribute__((noreturn, cold, noinline))
static void fail_operands(Value a, const char *words, const char *with, Value b, int line) {
  fail(line, "type", "cannot %s %s %s %s", words, describe(a), with, describe(b));
}

static inline bool are_ints(Value a, Value b) { return a.tag == INT && b.tag == INT; }

static inline bool both_numbers(Value a, Value b) { return is_number(a) && is_number(b); }

static inline double real_of(Value v) { return v.tag == INT ? (double)v.integer : v.real; }

#define add_values(a, b) add_values_at(a, b, __LINE__)

static Value add_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_int(add_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(real_of(a) + real_of(b));
  }
  if (a.tag == TEXT && b.tag == TEXT) {
    return of_str(concat_str(a.str, b.str));
  }
  if (a.tag == LIST && b.tag == LIST) {
    return of_list(concat_list_at(a.list, b.list, line));
  }
  fail_operands(a, "add", "and", b, line);
}

// *a += b, in place for a string that nothing else refers to.
#define add_to_value(a, b) add_to_value_at(a, b, __LINE__)

static void add_to_value_at(Value *a, Value b, int line) {
  if (a->tag == TEXT && b.tag == TEXT) {
    extend_str(&a->str, b.str);
  } else {
    assign_value(a, add_values_at(*a, b, line));
  }
}

#define sub_values(a, b) sub_values_at(a, b, __LINE__)

static Value sub_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_int(sub_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(real_of(a) - real_of(b));
  }
  fail_operands(b, "subtract", "from", a, line);
}

#define mul_values(a, b) mul_values_at(a, b, __LINE__)

static Value mul_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_int(mul_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(real_of(a) * real_of(b));
  }
  Value many = a.tag == INT ? b : a;
  Value count = a.tag == INT ? a : b;
  if (count.tag == INT && many.tag == TEXT) {
    return of_str(repeat_str(many.str, count.integer));
  }
  if (count.tag == INT && many.tag == LIST) {
    return of_list(repeat_list(many.list, count.integer));
  }
  fail_operands(a, "multiply", "by", b, line);
}

#define div_values(a, b) div_values_at(a, b, __LINE__)

static Value div_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_float(div_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(div_float_at(real_of(a), real_of(b), line));
  }
  fail_operands(a, "divide", "by", b, line);
}

#define floor_div_values(a, b) floor_div_values_at(a, b, __LINE__)

static Value floor_div_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_int(floor_div_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(floor_div_float_at(real_of(a), real_of(b), line));
  }
  fail_operands(a, "divide", "by", b, line);
}

#define mod_values(a, b) mod_values_at(a, b, __LINE__)

static Value mod_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_int(mod_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(mod_float_at(real_of(a), real_of(b), line));
  }
  fail_operands(a, "take", "modulo", b, line);
}

#define pow_values(a, b) pow_values_at(a, b, __LINE__)

static Value pow_values_at(Value a, Value b, int line) {
  if (are_ints(a, b)) {
    return of_int(pow_int_at(a.integer, b.integer, line));
  }
  if (both_numbers(a, b)) {
    return of_float(pow_float_at(real_of(a), real_of(b), line));
  }
  fail_operands(a, "raise", "to the power of", b, line);
}

#define neg_value(a) neg_value_at(a, __LINE__)

static Value neg_value_at(Value a, int line) {
  if (a.tag == FLOAT) {
    return of_float(-a.real);
  }
  if (a.tag != INT) {
    fail(line, "type", "cannot negate %s", describe(a));
  }
  return of_int(neg_int_at(a.integer, line));
}

#define value_at(object, index) value_at_at(object, index, __LINE__)

static Value value_at_at(Value object, Value index, int line) {
  if (object.tag != LIST && object.tag != TEXT) {
    fail(line, "type", "%s has no elements to index", describe(object));
  }
  if (index.tag != INT) {
    fail(line, "type", "an index must be an int, not %s", describe(index));
  }
  if (object.tag == TEXT) {
    return of_str(char_at_at(object.str, index.integer, line));
  }
  return item_of(object.list, at_at(object.list, index.integer, line));
}

// Makes the list one that may hold the value.
static void admit_item(List *list, Value v, const char *words, const char *with, int line) {
  if (v.tag != LIST && v.tag > TEXT) {
    fail(line, "type", "a list cannot hold %s", describe(v));
  }
  if (list->element == ANY && v.tag != LIST) {
    list->element = v.tag;
  }
  if (v.tag == LIST ? !admit_list(list, v.list, line) : list->element != v.tag) {
    fail(line, "type", "cannot %s %s %s %s", words, describe(v), with,
         describe_list(list, (char[64]){0}));
  }
}

static void store_item(List *list, int64_t index, Value v) {
  if (v.tag == BOOL) {
    list->bools[index] = v.boolean;
  } else {
    list->ints[index] = v.integer;
  }
}

#define append_value(list, v) append_value_at(list, v, __LINE__)

static void append_value_at(List *list, Value v, int line) {
  admit_item(list, v, "append", "to", line);
  if (list->size == list->capacity) {
    grow_list(list);
  }
  store_item(list, list->size++, retain_value(v));
}

#define VALUES(...) \
  list_of_values((Value[]){__VA_ARGS__}, sizeof((Value[]){__VA_ARGS__}) / sizeof(Value), __LINE__)

static List *list_of_values(const Value *values, size_t count, int line) {
  List *list = new_list(ANY, 0);
  for (size_t i = 0; i < count; i++) {
    admit_item(list, values[i], "put", "into", line);
    append_value_at(list, values[i], line);
  }
  return list;
}

#define set_value(object, index, v) set_value_at(object, index, v, __LINE__)

static void set_value_at(Value object, Value index, Value v, int line) {
  if (object.tag == TEXT) {
    fail(line, "type", "a str cannot be changed");
  }
  if (object.tag != LIST) {
    fail(line, "type", "%s has no elements to index", describe(object));
  }
  if (index.tag != INT) {
    fail(line, "type", "an index must be an int, not %s", describe(index));
  }
  int64_t place = at_at(object.list, index.integer, line);
  admit_item(object.list, v, "put", "into", line);
  void *old = is_object(v) ? object.list->objects[place] : NULL;
  store_item(object.list, place, retain_value(v));
  drop(old);
}

#define pop_value(list) pop_value_at(list, __LINE__)

static Value pop_value_at(List *list, int line) {
  Value last = item_of(list, pop_at(list, line));
  if (is_object(last)) {
    drop(last.object);
  }
  return last;
}

#define floor_of_value(v) floor_of_value_at(v, __LINE__)
#define ceil_of_value(v) ceil_of_value_at(v, __LINE__)
#define round_of_value(v) round_of_value_at(v, __LINE__)

static int64_t floor_of_value_at(Value v, int line) {
  double real = number_of_at(v, "floor", line);
  return v.tag == INT ? v.integer : floor_of_at(real, line);
}

static int64_t ceil_of_value_at(Value v, int line) {
  double real = number_of_at(v, "ceil", line);
  return v.tag == INT ? v.integer : ceil_of_at(real, line);
}

static int64_t round_of_value_at(Value v, int line) {
  double real = number_of_at(v, "round", line);
  return v.tag == INT ? v.integer : round_of_at(real, line);
}

#define abs_value(v) abs_value_at(v, __LINE__)

static Value abs_value_at(Value v, int line) {
  double real = number_of_at(v, "abs", line);
  return v.tag == INT ? of_int(abs_int_at(v.integer, line)) : of_float(fabs(real));
}

#define int_of_value(v) int_of_value_at(v, __LINE__)

static int64_t int_of_value_at(Value v, int line) {
  switch (v.tag) {
    case BOOL:
      return v.boolean;
    case INT:
      return v.integer;
    case FLOAT:
      return int_of_at(v.real, line);
    case TEXT:
      return parse_int_at(v.str, line);
    default:
      fail(line, "type", "`int` takes a number, a bool or a str, not %s", describe(v));
  }
}

#define float_of_value(v) float_of_value_at(v, __LINE__)

static double float_of_value_at(Value v, int line) {
  switch (v.tag) {
    case BOOL:
      return v.boolean;
    case INT:
      return (double)v.integer;
    case FLOAT:
      return v.real;
    case TEXT:
      return parse_float_at(v.str, line);
    default:
      fail(line, "type", "`float` takes a number, a bool or a str, not %s", describe(v));
  }
}

#define truth_of(v) truth_of_at(v, __LINE__)

static bool truth_of_at(Value v, int line) {
  switch (v.tag) {
    case NONE:
      return false;
    case BOOL:
      return v.boolean;
    case INT:
      return v.integer != 0;
    case FLOAT:
      return v.real != 0.0;
    case TEXT:
      return v.str->size != 0;
    case LIST:
      return v.list->size != 0;
    default:
      fail(line, "type", "`bool` takes a number, a str, a list or none, not %s", describe(v));
  }
}

#define length_of(v) length_of_at(v, __LINE__)

static int64_t length_of_at(Value v, int line) {
  if (v.tag != TEXT && v.tag != LIST) {
    fail(line, "type", "`len` takes a str or a list, not %s", describe(v));
  }
  return v.tag == TEXT ? v.str->length : v.list->size;
}

// The first one, unless the other is really smaller (sign -1) or larger (1).
#define choose_value(a, b, sign, name) choose_value_at(a, b, sign, name, __LINE__)

static Value choose_value_at(Value a, Value b, int sign, const char *name, int line) {
  Value wrong = is_number(a) || a.tag == TEXT ? b : a;
  if (!is_number(wrong) && wrong.tag != TEXT) {
    fail(line, "type", "`%s` takes numbers or strs, not %s", name, describe(wrong));
  }
  Value chosen = compare_values_at(b, a, line) == sign ? b : a;
  if (chosen.tag == INT && a.tag != b.tag) {
    return of_float((double)chosen.integer);
  }
  return retain_value(chosen);
}

