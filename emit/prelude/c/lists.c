// Lists. Those that are made empty take the type of their elements from what comes first.

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
static bool settle_list(List *list, int element) {
  int joined = join_types(list->element, element);
  if (joined < 0) {
    return false;
  }
  if (joined >= LIST_OF(ANY) && joined != list->element) {
    for (int64_t i = 0; i < list->size; i++) {
      if (!settle_list(list->lists[i], joined - LIST_OF(0))) {
        return false;
      }
    }
  }
  list->element = joined;
  return true;
}

static bool list_reaches(const List *from, const List *target, int levels) {
  if (from == target) {
    return true;
  }
  if (from->element >= LIST_OF(ANY) && is_open(from->element) && levels > 0) {
    for (int64_t i = 0; i < from->size; i++) {
      if (list_reaches(from->lists[i], target, levels - 1)) {
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
  if (list_reaches(item, list, MOST_LEVELS)) {
    fail(line, "type", "a list cannot hold itself");
  }
  if (nesting_of(item, MOST_LEVELS) >= MOST_LEVELS) {
    fail(line, "type", "a list cannot be nested deeper than %d levels", MOST_LEVELS);
  }
  int joined = join_types(list->element, LIST_OF(element_of(item, MOST_LEVELS)));
  return joined >= 0 && settle_list(list, joined) && settle_list(item, joined - LIST_OF(0));
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
  if (element < 0 || (element >= LIST_OF(ANY) && (!settle_list(a, element) || !settle_list(b, element)))) {
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

