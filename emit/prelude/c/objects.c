// What lives on the heap: strings, lists, buffers, sequences, functions; and Value, which holds
// anything. Arguments are borrowed and results are owned; OWNED variables give up what they hold at
// the end of their block.

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

static Str *new_str(int64_t size, int64_t length) {
  Str *s = checked_memory(malloc(sizeof(Str) + (size_t)size + 1));
  s->object = (Object){1, free};
  s->size = size;
  s->length = length;
  s->capacity = size;
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

// What a list holds, and what a Value is. LIST_OF(INT) is a list of ints as an element; ANY, of an
// empty list, whatever comes first.
enum {
  ANY, BOOL, INT, FLOAT, TEXT,
  LIST, FUNCTION, SEQ, BUFFER, NONE,
};

#define LIST_OF(element) ((element) + 16)

typedef struct List {
  Object object;
  int64_t size;
  int64_t capacity;
  int element;
  union {
    void *data;
    bool *bools;
    int64_t *ints;
    double *floats;
    struct Str **strs;
    struct List **lists;
    void **objects;  // strs or lists
  };
} List;

static inline size_t element_size(int element) { return element == BOOL ? sizeof(bool) : 8; }

static inline int holds_objects(int element) { return element == TEXT || element >= LIST_OF(ANY); }

static void destroy_list(void *self) {
  List *list = self;
  if (holds_objects(list->element)) {
    for (int64_t i = 0; i < list->size; i++) {
      drop(list->objects[i]);
    }
  }
  free(list->data);
  free(list);
}

static List *new_list(int element, int64_t capacity) {
  List *list = checked_memory(malloc(sizeof(List)));
  list->object = (Object){1, destroy_list};
  list->size = 0;
  list->capacity = capacity;
  list->element = element;
  list->data = NULL;
  if (capacity > 0) {
    list->data = checked_memory(malloc((size_t)capacity * element_size(element)));
  }
  return list;
}

// Makes room for one more.
__attribute__((noinline))
static void grow_list(List *list) {
  list->capacity = list->capacity < 8 ? 16 : 2 * list->capacity;
  size_t bytes = (size_t)list->capacity * element_size(list->element);
  list->data = checked_memory(realloc(list->data, bytes));
}

static List *list_of(int element, const void *items, size_t count) {
  List *list = new_list(element, (int64_t)count);
  if (count > 0) {
    memcpy(list->data, items, count * element_size(element));
  }
  list->size = (int64_t)count;
  for (size_t i = 0; i < count && holds_objects(element); i++) {
    retain(list->objects[i]);
  }
  return list;
}

#define ITEMS(element, type, ...) \
  list_of(element, (type[]){__VA_ARGS__}, sizeof((type[]){__VA_ARGS__}) / sizeof(type))
#define BOOLS(...) ITEMS(BOOL, bool, __VA_ARGS__)
#define INTS(...) ITEMS(INT, int64_t, __VA_ARGS__)
#define FLOATS(...) ITEMS(FLOAT, double, __VA_ARGS__)
#define STRS(...) ITEMS(TEXT, struct Str *, __VA_ARGS__)

// The place of an element; -1 is the last one.
#define at(list, index) at_at(list, index, __LINE__)

static inline int64_t at_at(const List *list, int64_t index, int line) {
  if ((uint64_t)index < (uint64_t)list->size) {
    return index;
  }
  if (index >= 0 || index + list->size < 0) {
    fail_index(index, list->size, "list", line);
  }
  return index + list->size;
}

static inline void append_bool(List *list, bool item) {
  if (list->size == list->capacity) {
    grow_list(list);
  }
  list->bools[list->size++] = item;
}

static inline void append_int(List *list, int64_t item) {
  if (list->size == list->capacity) {
    grow_list(list);
  }
  list->ints[list->size++] = item;
}

static inline void append_float(List *list, double item) {
  if (list->size == list->capacity) {
    grow_list(list);
  }
  list->floats[list->size++] = item;
}

static inline void append_str(List *list, struct Str *item) {
  if (list->size == list->capacity) {
    grow_list(list);
  }
  list->strs[list->size++] = retain(item);
}

// The place of the last element, which leaves the list.
#define pop(list) pop_at(list, __LINE__)

static inline int64_t pop_at(List *list, int line) {
  if (list->size == 0) {
    fail(line, "empty", "cannot pop from an empty list");
  }
  return --list->size;
}

// The type that stands for both; -1: there is none.
static int join_types(int a, int b) {
  if (a == b || b == ANY) {
    return a;
  }
  if (a == ANY) {
    return b;
  }
  if (a < LIST_OF(ANY) || b < LIST_OF(ANY)) {
    return -1;
  }
  int inner = join_types(a - LIST_OF(0), b - LIST_OF(0));
  return inner < 0 ? -1 : LIST_OF(inner);
}

static bool is_open(int element) { return element % LIST_OF(0) == ANY; }

enum { MOST_LEVELS = 8 };

// The element type, from the elements where the list itself does not know it yet.
static int element_of(const List *list, int levels) {
  int element = list->element;
  if (element == ANY || !is_open(element) || levels == 0) {
    return element;
  }
  for (int64_t i = 0; i < list->size && is_open(element); i++) {
    int joined = join_types(element, LIST_OF(element_of(list->lists[i], levels - 1)));
    if (joined < 0) {
      break;
    }
    element = joined;
  }
  return element;
}

// Gives the list, and those inside, an element type; false: it has another.
static bool settle(List *list, int element) {
  int joined = join_types(list->element, element);
  if (joined < 0) {
    return false;
  }
  if (joined >= LIST_OF(ANY) && joined != list->element) {
    for (int64_t i = 0; i < list->size; i++) {
      if (!settle(list->lists[i], joined - LIST_OF(0))) {
        return false;
      }
    }
  }
  list->element = joined;
  return true;
}

static bool reaches(const List *from, const List *target, int levels) {
  if (from == target) {
    return true;
  }
  if (from->element >= LIST_OF(ANY) && is_open(from->element) && levels > 0) {
    for (int64_t i = 0; i < from->size; i++) {
      if (reaches(from->lists[i], target, levels - 1)) {
        return true;
      }
    }
  }
  return false;
}

static int nesting_of(const List *list, int levels) {
  int inside = 0;
  if (list->element >= LIST_OF(ANY) && is_open(list->element)) {
    for (int64_t i = 0; i < list->size && levels > 0; i++) {
      int nesting = nesting_of(list->lists[i], levels - 1);
      inside = nesting > inside ? nesting : inside;
    }
  }
  int known = list->element / LIST_OF(0);
  return 1 + (inside > known ? inside : known);
}

// Makes the list one that may hold the other; false: their types differ.
static bool admit_list(List *list, List *item, int line) {
  if (list->element == LIST_OF(item->element) && !is_open(list->element)) {
    return true;
  }
  if (list->element != ANY && list->element < LIST_OF(ANY)) {
    return false;
  }
  if (reaches(item, list, MOST_LEVELS)) {
    fail(line, "type", "a list cannot hold itself");
  }
  if (nesting_of(item, MOST_LEVELS) >= MOST_LEVELS) {
    fail(line, "type", "a list cannot be nested deeper than %d levels", MOST_LEVELS);
  }
  int joined = join_types(list->element, LIST_OF(element_of(item, MOST_LEVELS)));
  return joined >= 0 && settle(list, joined) && settle(item, joined - LIST_OF(0));
}

// "a list[int]"
static char *describe_list(const List *list, char text[64]) {
  int element = element_of(list, MOST_LEVELS);
  int levels = element / LIST_OF(0);
  const char *names[] = {"any", "bool", "int", "float", "str"};
  int size = sprintf(text, "a list[");
  for (int i = 0; i < levels; i++) {
    size += sprintf(text + size, "list[");
  }
  size += sprintf(text + size, "%s]", names[element % LIST_OF(0)]);
  memset(text + size, ']', (size_t)levels);
  text[size + levels] = 0;
  return text;
}

#define append_list(list, item) append_list_at(list, item, __LINE__)

static void append_list_at(List *list, List *item, int line) {
  if (!admit_list(list, item, line)) {
    fail(line, "type", "cannot append %s to %s", describe_list(item, (char[64]){0}),
         describe_list(list, (char[64]){0}));
  }
  if (list->size == list->capacity) {
    grow_list(list);
  }
  list->lists[list->size++] = retain(item);
}

#define LISTS(element, ...) \
  list_of_lists(element, (List *[]){__VA_ARGS__}, sizeof((List *[]){__VA_ARGS__}) / 8, __LINE__)

static List *list_of_lists(int element, List **items, size_t count, int line) {
  List *list = new_list(element, (int64_t)count);
  for (size_t i = 0; i < count; i++) {
    append_list_at(list, items[i], line);
  }
  return list;
}

#define set_object(list, index, item) set_object_at(list, index, item, __LINE__)

static inline void set_object_at(List *list, int64_t index, void *item, int line) {
  assign(&list->objects[at_at(list, index, line)], retain(item));
}

#define set_list(list, index, item) set_list_at(list, index, item, __LINE__)

static void set_list_at(List *list, int64_t index, List *item, int line) {
  int64_t place = at_at(list, index, line);
  if (!admit_list(list, item, line)) {
    fail(line, "type", "cannot put %s into %s", describe_list(item, (char[64]){0}),
         describe_list(list, (char[64]){0}));
  }
  assign(&list->lists[place], retain(item));
}

// Adds `count` elements of one list to another, which has room.
static void copy_items(List *to, const List *from, int64_t count) {
  size_t size = element_size(to->element);
  if (count > 0) {
    memcpy((char *)to->data + (size_t)to->size * size, from->data, (size_t)count * size);
  }
  if (holds_objects(to->element)) {
    for (int64_t i = 0; i < count; i++) {
      retain(from->objects[i]);
    }
  }
  to->size += count;
}

#define concat_list(a, b) concat_list_at(a, b, __LINE__)

static List *concat_list_at(List *a, List *b, int line) {
  int element = join_types(element_of(a, MOST_LEVELS), element_of(b, MOST_LEVELS));
  if (element < 0 || (element >= LIST_OF(ANY) && (!settle(a, element) || !settle(b, element)))) {
    fail(line, "type", "cannot add %s and %s", describe_list(a, (char[64]){0}),
         describe_list(b, (char[64]){0}));
  }
  List *sum = new_list(element, a->size + b->size);
  copy_items(sum, a, a->size);
  copy_items(sum, b, b->size);
  return sum;
}

static List *repeat_list(const List *list, int64_t count) {
  int64_t times = count < 0 || list->size == 0 ? 0 : count;
  int64_t size;
  if (__builtin_mul_overflow(list->size, times, &size) || size > INT64_MAX / 16) {
    checked_memory(NULL);
  }
  List *repeated = new_list(list->element, size);
  while (repeated->size < size) {
    // What is there is copied again, so that short lists are not copied one by one.
    const List *from = repeated->size == 0 ? list : repeated;
    int64_t left = size - repeated->size;
    copy_items(repeated, from, from->size < left ? from->size : left);
  }
  return repeated;
}
