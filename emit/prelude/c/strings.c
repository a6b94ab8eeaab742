// Objects, strings and buffers. Arguments are borrowed and results are owned; OWNED variables give up
// what they hold at the end of their block.

// What every object begins with. It goes when nothing refers to it any more.
typedef struct Object {
  int64_t references;
  void (*destroy)(void *self);
} Object;

enum { FOREVER = 1 << 30 };  // references of what is never destroyed

static inline void *retain(void *object) {
  ((Object *)object)->references++;
  return object;
}

static inline void drop(void *object) {
  if (object != NULL && --((Object *)object)->references == 0) {
    ((Object *)object)->destroy(object);
  }
}

static inline void drop_variable(void *variable) {
  void *object;
  memcpy(&object, variable, sizeof object);
  drop(object);
}

#define OWNED __attribute__((cleanup(drop_variable)))

// Stores an object that is owned.
static inline void assign(void *variable, void *object) {
  void *old;
  memcpy(&old, variable, sizeof old);
  memcpy(variable, &object, sizeof object);
  drop(old);
}

static void *checked_memory(void *memory) {
  if (memory == NULL) {
    fflush(stdout);
    fprintf(stderr, "memory limit: there is no more memory\n");
    exit(1);
  }
  return memory;
}

typedef struct Str {
  Object object;
  int64_t size;    // in bytes
  int64_t length;  // in code points
  int64_t capacity;
  char data[];     // ends with a NUL, and may hold others
} Str;

// A literal.
#define STR(text) STR_OF_LENGTH(text, sizeof text - 1)
#define STR_OF_LENGTH(text, length) \
  ({ static Str literal = {{FOREVER, free}, sizeof text - 1, length, 0, {text}}; &literal; })

// Short strings come and go: their memory is used again, linked by its first bytes.
enum { SHORT_SIZE = 31 };

static Str *short_strs;

static void destroy_str(void *self) {
  Str *s = self;
  if (s->capacity == SHORT_SIZE) {
    memcpy(s->data, &short_strs, sizeof short_strs);
    short_strs = s;
  } else {
    free(s);
  }
}

static Str *new_str(int64_t size, int64_t length) {
  int64_t capacity = size < SHORT_SIZE ? SHORT_SIZE : size;
  Str *s = short_strs;
  if (capacity == SHORT_SIZE && s != NULL) {
    memcpy(&short_strs, s->data, sizeof short_strs);
  } else {
    s = checked_memory(malloc(sizeof(Str) + (size_t)capacity + 1));
  }
  s->object = (Object){1, destroy_str};
  s->size = size;
  s->length = length;
  s->capacity = capacity;
  s->data[size] = 0;
  return s;
}

static int64_t count_code_points(const char *text, int64_t size) {
  int64_t length = 0;
  for (int64_t i = 0; i < size; i++) {
    length += (text[i] & 0xc0) != 0x80;
  }
  return length;
}

static Str *str_of(const char *text) {
  int64_t size = (int64_t)strlen(text);
  Str *s = new_str(size, count_code_points(text, size));
  memcpy(s->data, text, (size_t)size);
  return s;
}

static Str *str_of_float(double x) { return str_of(float_text(x)); }

static Str *str_of_int(int64_t x) {
  char digits[24];
  char *end = digits + sizeof digits;
  char *at = end;
  uint64_t rest = x < 0 ? -(uint64_t)x : (uint64_t)x;
  do {
    *--at = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (x < 0) {
    *--at = '-';
  }
  Str *s = new_str(end - at, end - at);
  memcpy(s->data, at, (size_t)(end - at));
  return s;
}

static Str *concat_str(const Str *a, const Str *b) {
  Str *s = new_str(a->size + b->size, a->length + b->length);
  memcpy(s->data, a->data, (size_t)a->size);
  memcpy(s->data + a->size, b->data, (size_t)b->size);
  return s;
}

// *s += more. A string that nothing else refers to grows where it is.
static void extend_str(Str **s, const Str *more) {
  if ((*s)->object.references != 1 || *s == more) {
    assign(s, concat_str(*s, more));
    return;
  }
  int64_t size = (*s)->size + more->size;
  if (size > (*s)->capacity) {
    *s = checked_memory(realloc(*s, sizeof(Str) + 2 * (size_t)size + 1));
    (*s)->capacity = 2 * size;
  }
  memcpy((*s)->data + (*s)->size, more->data, (size_t)more->size);
  (*s)->size = size;
  (*s)->length += more->length;
  (*s)->data[size] = 0;
}

static Str *repeat_str(const Str *s, int64_t count) {
  int64_t times = count < 0 || s->size == 0 ? 0 : count;
  int64_t size;
  if (__builtin_mul_overflow(s->size, times, &size) || size > INT64_MAX / 2) {
    checked_memory(NULL);
  }
  Str *repeated = new_str(size, s->length * times);
  for (int64_t i = 0; i < times; i++) {
    memcpy(repeated->data + i * s->size, s->data, (size_t)s->size);
  }
  return repeated;
}

// UTF-8 has the order of code points.
static int compare_str(const Str *a, const Str *b) {
  int order = memcmp(a->data, b->data, (size_t)(a->size < b->size ? a->size : b->size));
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static inline bool equal_str(const Str *a, const Str *b) {
  return a->size == b->size && memcmp(a->data, b->data, (size_t)a->size) == 0;
}

static Str *min_str(Str *a, Str *b) { return retain(compare_str(b, a) < 0 ? b : a); }

static Str *max_str(Str *a, Str *b) { return retain(compare_str(b, a) > 0 ? b : a); }

// The character at *at, which moves on. ASCII has its strings made already.
static Str *next_char(const Str *s, int64_t *at) {
  static Str *ascii[128];
  unsigned char first = (unsigned char)s->data[*at];
  if (first < 0x80) {
    if (ascii[first] == NULL) {
      ascii[first] = new_str(1, 1);
      ascii[first]->object.references = FOREVER;
      ascii[first]->data[0] = (char)first;
    }
    ++*at;
    return retain(ascii[first]);
  }
  int64_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  Str *one = new_str(size, 1);
  memcpy(one->data, s->data + *at, (size_t)size);
  *at += size;
  return one;
}

__attribute__((noreturn, cold, noinline))
static void fail_index(int64_t index, int64_t size, const char *noun, int line) {
  if (size == 0) {
    fail(line, "index", "index %" PRId64 " is outside an empty %s", index, noun);
  }
  fail(line, "index", "index %" PRId64 " is outside a %s of length %" PRId64, index, noun, size);
}

#define char_at(s, index) char_at_at(s, index, __LINE__)

static Str *char_at_at(const Str *s, int64_t index, int line) {
  int64_t at = index < 0 ? index + s->length : index;
  if (at < 0 || at >= s->length) {
    fail_index(index, s->length, "str", line);
  }
  if (s->size != s->length) {
    int64_t offset = 0;
    for (; at > 0; at--) {
      do {
        offset++;
      } while ((s->data[offset] & 0xc0) == 0x80);
    }
    at = offset;
  }
  return next_char(s, &at);
}

typedef struct Buffer {
  Object object;
  Str *text;
} Buffer;

static void destroy_buffer(void *self) {
  drop(((Buffer *)self)->text);
  free(self);
}

static Buffer *new_buffer(void) {
  Buffer *buffer = checked_memory(malloc(sizeof(Buffer)));
  *buffer = (Buffer){{1, destroy_buffer}, str_of("")};
  return buffer;
}

static inline void write_buffer(Buffer *buffer, const Str *s) { extend_str(&buffer->text, s); }

static inline Str *text_of(const Buffer *buffer) { return retain(buffer->text); }

// Of the text of a number: without spaces around, sign and underscores. False: there is an
// underscore out of place.
static bool plain_number(const Str *s, char *plain, bool *is_negative) {
  const char *spaces = " \t\n\r\v\f";
  const char *at = s->data;
  const char *end = s->data + s->size;
  while (at < end && *at != 0 && strchr(spaces, *at) != NULL) {
    at++;
  }
  while (at < end && end[-1] != 0 && strchr(spaces, end[-1]) != NULL) {
    end--;
  }
  *is_negative = at < end && *at == '-';
  at += at < end && (*at == '-' || *at == '+');
  for (; at < end; at++) {
    if (*at != '_') {
      *plain++ = *at == 0 ? '?' : *at;
    } else if (at[-1] < '0' || at[-1] > '9' || at[1] < '0' || at[1] > '9') {
      return false;
    }
  }
  *plain = 0;
  return true;
}

// 0: it is none; 2: it leaves the range; 1: it is in *result.
static int read_int(const Str *s, int64_t *result) {
  char *plain = checked_memory(malloc((size_t)s->size + 1));
  bool is_negative;
  bool is_good = plain_number(s, plain, &is_negative) && *plain != 0;
  bool overflows = false;
  int64_t value = 0;
  for (char *at = plain; is_good && *at != 0; at++) {
    is_good = *at >= '0' && *at <= '9';
    overflows |= __builtin_mul_overflow(value, 10, &value);
    overflows |= is_negative ? __builtin_sub_overflow(value, *at - '0', &value)
                             : __builtin_add_overflow(value, *at - '0', &value);
  }
  free(plain);
  *result = value;
  return !is_good ? 0 : overflows ? 2 : 1;
}

static bool read_float(const Str *s, double *result) {
  char *plain = checked_memory(malloc((size_t)s->size + 1));
  bool is_negative;
  bool is_good = plain_number(s, plain, &is_negative) && *plain != 0;
  for (char *at = plain; is_good && *at != 0; at++) {
    *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    is_good = *at != ' ' && *at != 'x' && *at != '(' && (at > plain || (*at != '-' && *at != '+'));
  }
  if (is_good) {
    char *end;
    *result = strtod(plain, &end);
    is_good = *end == 0;
    if (is_negative) {
      *result = -*result;
    }
  }
  free(plain);
  return is_good;
}

#define parse_int(s) parse_int_at(s, __LINE__)

static int64_t parse_int_at(const Str *s, int line) {
  int64_t value;
  int outcome = read_int(s, &value);
  if (outcome != 1) {
    fail(line, "value", outcome == 2 ? "\"%s\" does not fit in a 64-bit int"
                                     : "\"%s\" is not an int", s->data);
  }
  return value;
}

#define parse_float(s) parse_float_at(s, __LINE__)

static double parse_float_at(const Str *s, int line) {
  double value;
  if (!read_float(s, &value)) {
    fail(line, "value", "\"%s\" is not a float", s->data);
  }
  return value;
}

