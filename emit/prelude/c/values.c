// Values of any type: their text, and what they are declared to be.

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

#define consume_seq(seq) consume_seq_at(seq, __LINE__)

static inline Seq *consume_seq_at(Seq *seq, int line) {
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

#define check_bool(v) check_bool_at(v, __LINE__)

static inline bool check_bool_at(Value v, int line) {
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
  if (v.tag != LIST || !settle_list(v.list, element)) {
    fail(line, "type", "`%s` must be %s, not %s", name, declared, describe(v));
  }
  return v;
}

// An argument of a built-in function.
#define number_of(v, name) number_of_at(v, name, __LINE__)

static inline double number_of_at(Value v, const char *name, int line) {
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

