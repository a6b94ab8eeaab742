// Functions that are called without being known, and sequences.

// The arguments stand in a compound literal, whose commas a macro takes for its own.
#define call_value(f, count, ...) call_value_at(f, count, __VA_ARGS__, __LINE__)

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
    consume_seq_at(v.seq, line);
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
    if (check_bool_at(passes, line)) {
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
        best.tag == NONE ? retain_value(item) : choose_value_at(best, item, sign, name, line);
    assign_value(&best, chosen);
    drop_value(item);
  }
  if (best.tag == NONE) {
    fail(line, "empty", "`%s` of nothing has no value", name);
  }
  return best;
}

// any (true) and all (false): whether one of the elements is this.
#define search_items(source, wanted) search_items_at(source, wanted, __LINE__)

static bool search_items_at(Value source, bool wanted, int line) {
  OWNED_ITEMS Items items = items_of_at(source, line);
  for (Value item; next_item_at(&items, &item, line);) {
    OWNED_VALUE Value v = item;
    if (check_bool_at(v, line) == wanted) {
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

