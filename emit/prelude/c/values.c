// Values of any type, and what is done with them: text, operations, functions, sequences.

typedef struct Value {
  int tag;
  union {
    bool boolean;
    int64_t integer;
    double real;
    void *object;
    struct Str *str;
    struct List *list;
    struct Function *function;
    struct Seq *seq;
    struct Buffer *buffer;
  };
} Value;

static inline Value of_none(void) { return (Value){.tag = NONE, .integer = 0}; }
static inline Value of_bool(bool x) { return (Value){.tag = BOOL, .integer = x}; }
static inline Value of_int(int64_t x) { return (Value){.tag = INT, .integer = x}; }
static inline Value of_float(double x) { return (Value){.tag = FLOAT, .real = x}; }
static inline Value of_str(struct Str *s) { return (Value){.tag = TEXT, .str = s}; }
static inline Value of_list(struct List *list) { return (Value){.tag = LIST, .list = list}; }
static inline Value of_function(void *f) { return (Value){.tag = FUNCTION, .object = f}; }
static inline Value of_seq(struct Seq *seq) { return (Value){.tag = SEQ, .seq = seq}; }
static inline Value of_buffer(struct Buffer *b) { return (Value){.tag = BUFFER, .buffer = b}; }

static inline bool is_object(Value v) { return v.tag >= TEXT && v.tag != NONE; }

static inline Value retain_value(Value v) {
  if (is_object(v)) {
    retain(v.object);
  }
  return v;
}

static inline void drop_value(Value v) {
  if (is_object(v)) {
    drop(v.object);
  }
}

static inline void drop_value_variable(Value *variable) { drop_value(*variable); }

#define OWNED_VALUE __attribute__((cleanup(drop_value_variable)))

static inline void assign_value(Value *variable, Value v) {
  Value old = *variable;
  *variable = v;
  drop_value(old);
}

// An element of a list.
static Value item_of(const List *list, int64_t index) {
  switch (list->element) {
    case BOOL:
      return of_bool(list->bools[index]);
    case INT:
      return of_int(list->ints[index]);
    case FLOAT:
      return of_float(list->floats[index]);
    case TEXT:
      return of_str(retain(list->strs[index]));
    default:
      return of_list(retain(list->lists[index]));
  }
}

// A function as a value. `text` is what print shows.
typedef struct Function {
  Object object;
  const char *text;
  Value (*call)(struct Function *self, int count, const Value *args, int line);
} Function;

// A sequence, which gives its elements one by one, once.
typedef struct Seq {
  Object object;
  bool (*next)(struct Seq *self, Value *item, int line);
  bool is_consumed;
} Seq;

#define consume(seq) consume_at(seq, __LINE__)

static inline Seq *consume_at(Seq *seq, int line) {
  if (seq->is_consumed) {
    fail(line, "consumed", "this sequence has been consumed already");
  }
  seq->is_consumed = true;
  return seq;
}

#define next_of(seq, item) (seq)->next(seq, item, __LINE__)

static void write_bytes(Str **out, const char *bytes, int64_t size) {
  int64_t end = (*out)->size + size;
  if (end > (*out)->capacity) {
    *out = checked_memory(realloc(*out, sizeof(Str) + 2 * (size_t)end + 1));
    (*out)->capacity = 2 * end;
  }
  memcpy((*out)->data + (*out)->size, bytes, (size_t)size);
  for (int64_t i = 0; i < size; i++) {
    (*out)->length += (bytes[i] & 0xc0) != 0x80;
  }
  (*out)->size = end;
  (*out)->data[end] = 0;
}

static void write_text(Str **out, const char *text) {
  write_bytes(out, text, (int64_t)strlen(text));
}

// Code points that Python escapes although they are no control characters.
static bool is_printable(uint32_t code) {
  static const uint32_t others[][2] = {
      {0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00ad, 0x00ad},   {0x0600, 0x0605},
      {0x061c, 0x061c},   {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x0890, 0x0891},
      {0x08e2, 0x08e2},   {0x1680, 0x1680},   {0x180e, 0x180e},   {0x2000, 0x200f},
      {0x2028, 0x202f},   {0x205f, 0x206f},   {0x3000, 0x3000},   {0xd800, 0xf8ff},
      {0xfeff, 0xfeff},   {0xfff0, 0xfffb},   {0xfffe, 0xffff},   {0x110bd, 0x110bd},
      {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
      {0xe0000, 0xe00ff}, {0xe01f0, 0x10ffff},
  };
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    if (code <= others[i][1]) {
      return code < others[i][0];
    }
  }
  return true;
}

// As Python shows a string inside a list.
static void write_quoted(Str **out, const Str *s) {
  size_t size = (size_t)s->size;
  char quote = memchr(s->data, '\'', size) != NULL && memchr(s->data, '"', size) == NULL ? '"'
                                                                                          : '\'';
  write_bytes(out, &quote, 1);
  for (const char *at = s->data; at < s->data + s->size;) {
    unsigned char first = (unsigned char)*at;
    int bytes = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    uint32_t code = bytes == 1 ? first : first & (0x7fU >> bytes);
    for (int i = 1; i < bytes; i++) {
      code = code << 6 | ((unsigned char)at[i] & 0x3fU);
    }
    char escape[16] = "";
    if (code == (unsigned char)quote || code == '\\') {
      sprintf(escape, "\\%c", (int)code);
    } else if (code == '\n' || code == '\r' || code == '\t') {
      strcpy(escape, code == '\n' ? "\\n" : code == '\r' ? "\\r" : "\\t");
    } else if (!is_printable(code)) {
      sprintf(escape, code <= 0xff ? "\\x%02x" : code <= 0xffff ? "\\u%04x" : "\\U%08x", code);
    }
    if (*escape != 0) {
      write_text(out, escape);
    } else {
      write_bytes(out, at, bytes);
    }
    at += bytes;
  }
  write_bytes(out, &quote, 1);
}

static void write_value(Str **out, Value v) {
  char digits[24];
  switch (v.tag) {
    case BOOL:
      write_text(out, v.boolean ? "true" : "false");
      break;
    case INT:
      sprintf(digits, "%" PRId64, v.integer);
      write_text(out, digits);
      break;
    case FLOAT:
      write_text(out, float_text(v.real));
      break;
    case TEXT:
      write_quoted(out, v.str);
      break;
    case LIST:
      write_text(out, "[");
      for (int64_t i = 0; i < v.list->size; i++) {
        OWNED_VALUE Value item = item_of(v.list, i);
        write_text(out, i == 0 ? "" : ", ");
        write_value(out, item);
      }
      write_text(out, "]");
      break;
    case FUNCTION:
      write_text(out, v.function->text);
      break;
    default:
      write_text(out, v.tag == SEQ ? "<seq>" : v.tag == BUFFER ? "<buffer>" : "none");
      break;
  }
}

static Str *str_of_value(Value v) {
  if (v.tag == TEXT) {
    return retain(v.str);
  }
  Str *text = new_str(0, 0);
  write_value(&text, v);
  return text;
}

#define print(...) \
  print_values(sizeof((Value[]){__VA_ARGS__}) / sizeof(Value), (Value[]){__VA_ARGS__})

static void print_values(size_t count, const Value *values) {
  for (size_t i = 0; i < count; i++) {
    OWNED Str *text = str_of_value(values[i]);
    if (i > 0) {
      putchar(' ');
    }
    fwrite(text->data, 1, (size_t)text->size, stdout);
  }
  putchar('\n');
}

// A top-level name that functions may read too early.
#define check_set(is_set, name) check_set_at(is_set, name, __LINE__)

static inline void check_set_at(bool is_set, const char *name, int line) {
  if (!is_set) {
    fail(line, "unset", "`%s` is read before its `let` has run", name);
  }
}

// The type of a value in words: "an int".
#define describe(v) describe_value(v, (char[64]){0})

static const char *describe_value(Value v, char text[64]) {
  const char *names[] = {"", "a bool", "an int", "a float", "a str",
                         "", "a function", "a seq", "a buffer", "none"};
  return v.tag == LIST ? describe_list(v.list, text) : names[v.tag];
}

#define condition(v) condition_at(v, __LINE__)

static inline bool condition_at(Value v, int line) {
  if (v.tag != BOOL) {
    fail(line, "type", "a condition must be a bool, not %s", describe(v));
  }
  return v.boolean;
}

// The value, which was declared to be of this type.
#define check_type(v, tag, name, declared) check_type_at(v, tag, name, declared, __LINE__)

static inline Value check_type_at(Value v, int tag, const char *name, const char *declared,
                                  int line) {
  if (v.tag == INT && tag == FLOAT) {
    return of_float((double)v.integer);
  }
  if (v.tag != tag) {
    fail(line, "type", "`%s` must be %s, not %s", name, declared, describe(v));
  }
  return v;
}

#define check_list(v, element, name, declared) check_list_at(v, element, name, declared, __LINE__)

static inline Value check_list_at(Value v, int element, const char *name, const char *declared,
                                  int line) {
  if (v.tag != LIST || !settle(v.list, element)) {
    fail(line, "type", "`%s` must be %s, not %s", name, declared, describe(v));
  }
  return v;
}

// An argument of a built-in function.
#define number(v, name) number_at(v, name, __LINE__)

static inline double number_at(Value v, const char *name, int line) {
  if (v.tag != INT && v.tag != FLOAT) {
    fail(line, "type", "`%s` takes a number, not %s", name, describe(v));
  }
  return v.tag == INT ? (double)v.integer : v.real;
}

#define check_argument(v, tag, name, expected) check_argument_at(v, tag, name, expected, __LINE__)

static inline Value check_argument_at(Value v, int tag, const char *name, const char *expected,
                                      int line) {
  if (v.tag != tag) {
    fail(line, "type", "`%s` takes %s, not %s", name, expected, describe(v));
  }
  return v;
}

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
static void admit(List *list, Value v, const char *words, const char *with, int line) {
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

static void store(List *list, int64_t index, Value v) {
  if (v.tag == BOOL) {
    list->bools[index] = v.boolean;
  } else {
    list->ints[index] = v.integer;
  }
}

#define append_value(list, v) append_value_at(list, v, __LINE__)

static void append_value_at(List *list, Value v, int line) {
  admit(list, v, "append", "to", line);
  if (list->size == list->capacity) {
    grow_list(list);
  }
  store(list, list->size++, retain_value(v));
}

#define VALUES(...) \
  list_of_values((Value[]){__VA_ARGS__}, sizeof((Value[]){__VA_ARGS__}) / sizeof(Value), __LINE__)

static List *list_of_values(const Value *values, size_t count, int line) {
  List *list = new_list(ANY, 0);
  for (size_t i = 0; i < count; i++) {
    admit(list, values[i], "put", "into", line);
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
  admit(object.list, v, "put", "into", line);
  void *old = is_object(v) ? object.list->objects[place] : NULL;
  store(object.list, place, retain_value(v));
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
  double real = number_at(v, "floor", line);
  return v.tag == INT ? v.integer : floor_of_at(real, line);
}

static int64_t ceil_of_value_at(Value v, int line) {
  double real = number_at(v, "ceil", line);
  return v.tag == INT ? v.integer : ceil_of_at(real, line);
}

static int64_t round_of_value_at(Value v, int line) {
  double real = number_at(v, "round", line);
  return v.tag == INT ? v.integer : round_of_at(real, line);
}

#define abs_value(v) abs_value_at(v, __LINE__)

static Value abs_value_at(Value v, int line) {
  double real = number_at(v, "abs", line);
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
#define choose(a, b, sign, name) choose_at(a, b, sign, name, __LINE__)

static Value choose_at(Value a, Value b, int sign, const char *name, int line) {
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

#define call_value(f, count, args) call_value_at(f, count, args, __LINE__)

static Value call_value_at(Value f, int count, const Value *args, int line) {
  if (f.tag != FUNCTION) {
    fail(line, "type", "cannot call %s", describe(f));
  }
  return f.function->call(f.function, count, args, line);
}

static inline void check_count(const char *name, int least, int most, int count, int line) {
  if (count < least || (count > most && most >= 0)) {
    fail(line, "type", "`%s` takes %d argument%s, not %d", name, least, least == 1 ? "" : "s",
         count);
  }
}

// Goes through a sequence, a list or a str.
typedef struct Items {
  Value source;
  int64_t at;
} Items;

#define items_of(v) items_of_at(v, __LINE__)

static Items items_of_at(Value v, int line) {
  if (v.tag == SEQ) {
    consume_at(v.seq, line);
  } else if (v.tag != LIST && v.tag != TEXT) {
    fail(line, "type", "cannot go through %s", describe(v));
  }
  return (Items){retain_value(v), 0};
}

#define next_item(items, item) next_item_at(items, item, __LINE__)

static bool next_item_at(Items *items, Value *item, int line) {
  Value source = items->source;
  if (source.tag == SEQ) {
    return source.seq->next(source.seq, item, line);
  }
  if (items->at >= (source.tag == LIST ? source.list->size : source.str->size)) {
    return false;
  }
  *item = source.tag == LIST ? item_of(source.list, items->at++)
                             : of_str(next_char(source.str, &items->at));
  return true;
}

static void drop_items(Items *items) { drop_value(items->source); }

#define OWNED_ITEMS __attribute__((cleanup(drop_items)))

typedef struct RangeSeq {
  Seq seq;
  int64_t at, last, step;
} RangeSeq;

static bool next_of_range(Seq *self, Value *item, int line) {
  (void)line;
  RangeSeq *range = (RangeSeq *)self;
  if (range->step > 0 ? range->at >= range->last : range->at <= range->last) {
    return false;
  }
  *item = of_int(range->at);
  range->at = step_int(range->at, range->step);
  return true;
}

#define range_seq(first, last, step) range_seq_at(first, last, step, __LINE__)

static Seq *range_seq_at(int64_t first, int64_t last, int64_t step, int line) {
  RangeSeq *range = checked_memory(malloc(sizeof(RangeSeq)));
  *range = (RangeSeq){{{1, free}, next_of_range, false}, first, last, check_step_at(step, line)};
  return &range->seq;
}

// map, and filter.
typedef struct MapSeq {
  Seq seq;
  Value function;
  Value source;
  Items items;
} MapSeq;

static void destroy_map(void *self) {
  MapSeq *map = self;
  drop_value(map->function);
  drop_value(map->source);
  drop_value(map->items.source);
  free(map);
}

static Items *items_of_map(MapSeq *map, int line) {
  if (map->items.source.tag == NONE) {
    map->items = items_of_at(map->source, line);
  }
  return &map->items;
}

static bool next_of_map(Seq *self, Value *item, int line) {
  MapSeq *map = (MapSeq *)self;
  Value of;
  if (!next_item_at(items_of_map(map, line), &of, line)) {
    return false;
  }
  *item = call_value_at(map->function, 1, &of, line);
  drop_value(of);
  return true;
}

static bool next_of_filter(Seq *self, Value *item, int line) {
  MapSeq *filter = (MapSeq *)self;
  while (next_item_at(items_of_map(filter, line), item, line)) {
    OWNED_VALUE Value passes = call_value_at(filter->function, 1, item, line);
    if (condition_at(passes, line)) {
      return true;
    }
    drop_value(*item);
  }
  return false;
}

#define map_seq(f, source) new_map(f, source, next_of_map, "map", __LINE__)
#define filter_seq(f, source) new_map(f, source, next_of_filter, "filter", __LINE__)
#define map_seq_at(f, source, line) new_map(f, source, next_of_map, "map", line)
#define filter_seq_at(f, source, line) new_map(f, source, next_of_filter, "filter", line)

static Seq *new_map(Value f, Value source, bool (*next)(Seq *, Value *, int), const char *name,
                    int line) {
  if (f.tag != FUNCTION) {
    fail(line, "type", "`%s` takes a function first, not %s", name, describe(f));
  }
  if (source.tag != SEQ && source.tag != LIST && source.tag != TEXT) {
    fail(line, "type", "`%s` takes a sequence, a list or a str second, not %s", name,
         describe(source));
  }
  MapSeq *map = checked_memory(malloc(sizeof(MapSeq)));
  *map = (MapSeq){{{1, destroy_map}, next, false}, retain_value(f), retain_value(source),
                  {of_none(), 0}};
  return &map->seq;
}

#define sum_of(source, start) sum_of_at(source, start, __LINE__)

// `start` is none: there is none.
static Value sum_of_at(Value source, Value start, int line) {
  Value total = retain_value(start);
  OWNED_ITEMS Items items = items_of_at(source, line);
  for (Value item; next_item_at(&items, &item, line);) {
    if (total.tag == NONE) {
      total = retain_value(item);
    } else {
      add_to_value_at(&total, item, line);
    }
    drop_value(item);
  }
  if (total.tag == NONE) {
    fail(line, "empty", "`sum` of nothing has no value");
  }
  return total;
}

#define extreme_of(source, sign, name) extreme_of_at(source, sign, name, __LINE__)

static Value extreme_of_at(Value source, int sign, const char *name, int line) {
  Value best = of_none();
  OWNED_ITEMS Items items = items_of_at(source, line);
  for (Value item; next_item_at(&items, &item, line);) {
    Value chosen =
        best.tag == NONE ? retain_value(item) : choose_at(best, item, sign, name, line);
    assign_value(&best, chosen);
    drop_value(item);
  }
  if (best.tag == NONE) {
    fail(line, "empty", "`%s` of nothing has no value", name);
  }
  return best;
}

// any (true) and all (false): whether one of the elements is this.
#define search(source, wanted) search_at(source, wanted, __LINE__)

static bool search_at(Value source, bool wanted, int line) {
  OWNED_ITEMS Items items = items_of_at(source, line);
  for (Value item; next_item_at(&items, &item, line);) {
    OWNED_VALUE Value v = item;
    if (condition_at(v, line) == wanted) {
      return true;
    }
  }
  return false;
}

#define list_of_items(source) list_of_items_at(source, __LINE__)

static List *list_of_items_at(Value source, int line) {
  List *list = new_list(ANY, 0);
  OWNED_ITEMS Items items = items_of_at(source, line);
  for (Value item; next_item_at(&items, &item, line);) {
    append_value_at(list, item, line);
    drop_value(item);
  }
  return list;
}

#define join(separator, source) join_at(separator, source, __LINE__)

static Str *join_at(Value separator, Value source, int line) {
  check_argument_at(separator, TEXT, "join", "a str first", line);
  Str *text = str_of("");
  bool is_first = true;
  OWNED_ITEMS Items items = items_of_at(source, line);
  for (Value item; next_item_at(&items, &item, line);) {
    check_argument_at(item, TEXT, "join", "strs", line);
    if (!is_first) {
      extend_str(&text, separator.str);
    }
    is_first = false;
    extend_str(&text, item.str);
    drop_value(item);
  }
  return text;
}

// The results of a function by its arguments. Keys are the same when their types and bits are.
typedef struct Memo {
  int64_t count;
  int64_t capacity;
  Value *entries;  // the arguments and the result of each; a result of ANY: none
} Memo;

// What stands for the value: every nan is the same key.
static inline uint64_t bits_of_key(Value v) {
  return v.tag == FLOAT && isnan(v.real) ? UINT64_MAX : (uint64_t)v.integer;
}

static inline bool is_same_key(Value a, Value b) {
  return a.tag == b.tag &&
         (a.tag == TEXT ? equal_str(a.str, b.str) : bits_of_key(a) == bits_of_key(b));
}

static inline uint64_t hash_of_key(Value v) {
  if (v.tag != TEXT) {
    return bits_of_key(v) + (uint64_t)v.tag;
  }
  uint64_t hash = 0xcbf29ce484222325u;
  for (int64_t i = 0; i < v.str->size; i++) {
    hash = (hash ^ (unsigned char)v.str->data[i]) * 0x100000001b3u;
  }
  return hash;
}

// The entry of these arguments, or the one that is free for them.
static inline Value *find_entry(const Memo *memo, int arity, const Value *key) {
  uint64_t hash = 0;
  for (int i = 0; i < arity; i++) {
    hash = (hash ^ hash_of_key(key[i])) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  }
  for (;; hash++) {
    Value *entry = memo->entries + (hash & (uint64_t)(memo->capacity - 1)) * (arity + 1);
    bool is_it = true;
    for (int i = 0; i < arity && entry[arity].tag != ANY; i++) {
      is_it = is_it && is_same_key(entry[i], key[i]);
    }
    if (is_it) {
      return entry;
    }
  }
}

// The result that is known, or NULL.
static inline const Value *recall(const Memo *memo, int arity, const Value *key) {
  if (memo->capacity == 0) {
    return NULL;
  }
  const Value *entry = find_entry(memo, arity, key);
  return entry[arity].tag == ANY ? NULL : &entry[arity];
}

static void remember(Memo *memo, int arity, const Value *key, Value result) {
  int width = arity + 1;
  if (4 * (memo->count + 1) > 3 * memo->capacity) {
    Memo larger = {memo->count, memo->capacity == 0 ? 16 : 2 * memo->capacity, NULL};
    larger.entries = checked_memory(calloc((size_t)(larger.capacity * width), sizeof(Value)));
    for (int64_t i = 0; i < memo->capacity; i++) {
      Value *entry = memo->entries + i * width;
      if (entry[arity].tag != ANY) {
        memcpy(find_entry(&larger, arity, entry), entry, (size_t)width * sizeof(Value));
      }
    }
    free(memo->entries);
    *memo = larger;
  }
  Value *entry = find_entry(memo, arity, key);
  if (entry[arity].tag == ANY) {
    for (int i = 0; i < arity; i++) {
      entry[i] = retain_value(key[i]);
    }
    memo->count++;
  }
  assign_value(&entry[arity], retain_value(result));  // of the outer call, if there is one
}

#define check_key(v) check_key_at(v, __LINE__)

static inline Value check_key_at(Value v, int line) {
  if (v.tag > TEXT) {
    fail(line, "type", "a memo function cannot take %s", describe(v));
  }
  return v;
}

// Which text of the command line belongs to which parameter.
static void read_arguments(int argc, char **argv, int count, const char *const *names,
                           const char **texts) {
  const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  int next = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = strchr(argv[i], '=');
    size_t size = value == NULL ? 0 : (size_t)(value - argv[i]);
    bool is_name = size > 0 && (argv[i][0] < '0' || argv[i][0] > '9') &&
                   strspn(argv[i], letters) == size;
    int at = 0;
    if (is_name) {
      while (at < count && (strncmp(names[at], argv[i], size) != 0 || names[at][size] != 0)) {
        at++;
      }
      if (at == count) {
        fail(0, "value", "`main` has no parameter `%.*s`", (int)size, argv[i]);
      }
    } else {
      at = next++;
      if (at >= count) {
        fail(0, "value", "`main` takes %d argument%s, but %d %s given on the command line", count,
             count == 1 ? "" : "s", argc - 1, argc == 2 ? "is" : "are");
      }
    }
    if (texts[at] != NULL) {
      fail(0, "value", "the argument `%s` is given twice", names[at]);
    }
    texts[at] = is_name ? value + 1 : argv[i];
  }
}

static const char *given(const char *name, const char *text) {
  if (text == NULL) {
    fail(0, "value", "the argument `%s` is missing", name);
  }
  return text;
}

__attribute__((noreturn, cold, noinline))
static void fail_argument(const char *name, const char *wanted, const char *text) {
  fail(0, "type", "the argument `%s` must be %s, not \"%s\"", name, wanted, text);
}

// The text of a number without `_` between digits.
static const char *plain_argument(const char *text, char plain[64]) {
  int size = 0;
  for (const char *c = text; *c != 0 && size < 63; c++) {
    if (*c != '_' || c == text || c[-1] == '_' || c[1] == '_' || c[1] == 0) {
      plain[size++] = *c;
    }
  }
  plain[size] = 0;
  return plain;
}

static bool reads_int(const char *text, int64_t *value) {
  char plain[64];
  char *end;
  *value = strtoll(plain_argument(text, plain), &end, 10);
  return *plain != 0 && *end == 0;
}

static bool reads_float(const char *text, double *value) {
  char plain[64];
  char *end;
  *value = strtod(plain_argument(text, plain), &end);
  return *plain != 0 && *end == 0 && strpbrk(plain, "xX(") == NULL;
}

static int64_t int_argument(const char *name, const char *text) {
  int64_t value;
  if (!reads_int(given(name, text), &value)) {
    fail_argument(name, "an int", text);
  }
  return value;
}

static double float_argument(const char *name, const char *text) {
  double value;
  if (!reads_float(given(name, text), &value)) {
    fail_argument(name, "a float", text);
  }
  return value;
}

static bool bool_argument(const char *name, const char *text) {
  bool is_true = strcmp(given(name, text), "true") == 0;
  if (!is_true && strcmp(text, "false") != 0) {
    fail_argument(name, "a bool", text);
  }
  return is_true;
}

static Str *str_argument(const char *name, const char *text) { return str_of(given(name, text)); }

// An argument by its spelling.
static Value value_argument(const char *name, const char *text) {
  int64_t integer;
  double real;
  if (strcmp(given(name, text), "true") == 0 || strcmp(text, "false") == 0) {
    return of_bool(*text == 't');
  }
  if (reads_int(text, &integer)) {
    return of_int(integer);
  }
  return reads_float(text, &real) ? of_float(real) : of_str(str_of(text));
}

// Runs a bench as standard input asks: `run ITERATIONS CALLS`, `answer`, `end`.
typedef struct Bench {
  const char *name;
  int arity;
  const char *const *params;
  const int *types;
  Value (*run)(const Value *args);
} Bench;

// With the line's own backslashes, tabs and line breaks escaped.
static void reply_text(FILE *replies, const char *text, size_t size) {
  for (size_t i = 0; i < size; i++) {
    char escape = text[i] == '\\' ? '\\' : text[i] == '\t' ? 't' : text[i] == '\n' ? 'n' : 0;
    if (escape != 0) {
      fprintf(replies, "\\%c", escape);
    } else {
      fputc(text[i], replies);
    }
  }
}

static int measure(int argc, char **argv, void (*top_level)(void), const Bench *benches,
                   int count) {
  const Bench *bench = benches;
  while (bench < benches + count && (argc < 2 || strcmp(bench->name, argv[1]) != 0)) {
    bench++;
  }
  if (bench == benches + count) {
    fprintf(stderr, "usage: PROGRAM BENCH NAME=VALUE...\n");
    return 2;
  }
  const char *texts[16] = {0};
  Value args[16];
  read_arguments(argc - 1, argv + 1, bench->arity, bench->params, texts);
  for (int i = 0; i < bench->arity; i++) {
    args[i] = value_argument(bench->params[i], texts[i]);
    if (bench->types[i] == FLOAT && args[i].tag == INT) {
      args[i] = of_float((double)args[i].integer);
    } else if (bench->types[i] == TEXT && args[i].tag != TEXT) {
      args[i] = of_str(str_of(texts[i]));
    } else if (bench->types[i] != ANY && bench->types[i] != args[i].tag) {
      fail_argument(bench->params[i], "of the type of its default", texts[i]);
    }
  }
  // What the program prints is kept apart from the replies.
  FILE *replies = stdout;
  char *printed = NULL;
  size_t printed_size = 0;
  stdout = open_memstream(&printed, &printed_size);
  top_level();
  rewind(stdout);
  fprintf(replies, "ready\n");
  fflush(replies);
  // The compiler can neither know the bench nor move its calls across the clock.
  Value (*volatile run)(const Value *) = bench->run;
  Str *first = NULL;
  const char *tag = "none";
  Str *output = str_of("");
  char line[256];
  while (fgets(line, sizeof line, stdin) != NULL && strcmp(line, "end\n") != 0) {
    long iterations;
    long calls;
    if (sscanf(line, "run %ld %ld", &iterations, &calls) == 2) {
      double *samples = checked_memory(malloc((size_t)(iterations + 1) * sizeof(double)));
      Str *other = NULL;
      for (long i = 0; i < iterations; i++) {
        Value value = of_none();
        double start = clock_seconds();
        for (long k = 0; k < calls; k++) {
          drop_value(value);
          value = run(args);
        }
        samples[i] = (clock_seconds() - start) / (double)calls;
        Str *text = str_of_value(value);
        fflush(stdout);
        if (first == NULL) {
          first = retain(text);
          const char *tags[] = {"", "bool", "int", "float", "str", "list"};
          tag = value.tag <= LIST ? tags[value.tag] : "none";
          assign(&output, new_str((int64_t)ftell(stdout), 0));
          memcpy(output->data, printed, (size_t)output->size);
        } else if (!equal_str(first, text) && other == NULL) {
          other = retain(text);
        }
        rewind(stdout);
        drop(text);
        drop_value(value);
      }
      if (other != NULL) {
        fprintf(replies, "differs\t");
        reply_text(replies, other->data, (size_t)other->size);
      } else {
        fprintf(replies, "samples");
        for (long i = 0; i < iterations; i++) {
          fprintf(replies, " %.12g", samples[i]);
        }
      }
      free(samples);
    } else if (strcmp(line, "answer\n") == 0 && first != NULL) {
      fprintf(replies, "answer\t%s\t", tag);
      reply_text(replies, first->data, (size_t)first->size);
      fputc('\t', replies);
      reply_text(replies, output->data, (size_t)output->size);
    } else {
      fprintf(replies, "what?");
    }
    fputc('\n', replies);
    fflush(replies);
  }
  return 0;
}
