// Tables of memo functions; the arguments of the command line; measuring.

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
static inline const Value *recall_result(const Memo *memo, int arity, const Value *key) {
  if (memo->capacity == 0) {
    return NULL;
  }
  const Value *entry = find_entry(memo, arity, key);
  return entry[arity].tag == ANY ? NULL : &entry[arity];
}

static void remember_result(Memo *memo, int arity, const Value *key, Value result) {
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

static const char *given_text(const char *name, const char *text) {
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
  if (!reads_int(given_text(name, text), &value)) {
    fail_argument(name, "an int", text);
  }
  return value;
}

static double float_argument(const char *name, const char *text) {
  double value;
  if (!reads_float(given_text(name, text), &value)) {
    fail_argument(name, "a float", text);
  }
  return value;
}

static bool bool_argument(const char *name, const char *text) {
  bool is_true = strcmp(given_text(name, text), "true") == 0;
  if (!is_true && strcmp(text, "false") != 0) {
    fail_argument(name, "a bool", text);
  }
  return is_true;
}

static Str *str_argument(const char *name, const char *text) { return str_of(given_text(name, text)); }

// An argument by its spelling.
static Value value_argument(const char *name, const char *text) {
  int64_t integer;
  double real;
  if (strcmp(given_text(name, text), "true") == 0 || strcmp(text, "false") == 0) {
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

static int measure_bench(int argc, char **argv, void (*top_level)(void), const Bench *benches,
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

