// part: any_append needs: type_of, any_admit, article, fail
function any_append(list, value) {
  if (!type_of(list).startsWith("list")) {
    fail(`type: \`append\` takes a list, not ${article(type_of(list))}`);
  }
  list.push(any_admit(list, value, "append", "to"));
}

// part: any_pop needs: type_of, pop, boxed, element_type, article, fail
function any_pop(list) {
  const type = type_of(list);
  return type.startsWith("list") ? boxed(pop(list), element_type(type))
    : fail(`type: \`pop\` takes a list, not ${article(type)}`);
}

// part: any_items needs: type_of, boxed, element_type, consume, article, fail
// The elements of a list, str or sequence as values of any type.
function any_items(source) {
  const type = type_of(source);
  if (type === "str") {
    return source;
  }
  if (!/^(list|seq)/.test(type)) {
    fail(`type: cannot go through ${article(type)}`);
  }
  return box_all(consume(source));
  function* box_all(items) {
    for (const item of items) {
      yield boxed(item, element_type(type_of(source)));
    }
  }
}

// part: any_number needs: type_of, article, fail
function any_number(x, name) {
  const type = type_of(x);
  return type === "int" ? x : type === "float" ? x.value
    : fail(`type: \`${name}\` takes a number, not ${article(type)}`);
}

// part: any_math needs: any_number, Float
const any_math = (f, name, ...args) => new Float(f(...args.map((x) => any_number(x, name))));

// part: any_whole needs: any_number
const any_whole = (f, name, x) => x instanceof Float ? f(x.value) : any_number(x, name);

// part: any_abs needs: any_number, Float
const any_abs = (x) =>
  x instanceof Float ? new Float(Math.abs(x.value)) : Math.abs(any_number(x, "abs"));

// part: any_int needs: any_whole, trunc, parse_int
const any_int = (x) => typeof x === "string" ? parse_int(x) : typeof x === "boolean" ? Number(x)
  : any_whole(trunc, "int", x);

// part: any_float needs: any_number, Float, parse_float
const any_float = (x) => new Float(typeof x === "string" ? parse_float(x)
  : typeof x === "boolean" ? Number(x) : any_number(x, "float"));

// part: any_str needs: text
const any_str = text;

// part: any_bool needs: type_of, unboxed, article, fail
function any_bool(x) {
  const type = type_of(x);
  if (/^(function|seq|buffer)/.test(type)) {
    fail(`type: \`bool\` takes no ${type}`);
  }
  return type.startsWith("list") || type === "str" ? x.length > 0
    : type !== "none" && unboxed(x) !== 0 && x !== false;
}

// part: any_len needs: type_of, length, article, fail
function any_len(x) {
  const type = type_of(x);
  return type === "str" ? length(x) : type.startsWith("list") ? x.length
    : fail(`type: \`len\` takes a str or a list, not ${article(type)}`);
}

// part: any_range needs: type_of, range, checked_step, typed, article, fail
function any_range(...args) {
  for (const arg of args) {
    if (type_of(arg) !== "int") {
      fail(`type: \`range\` takes an int, not ${article(type_of(arg))}`);
    }
  }
  const [first, last, step] = args.length === 1 ? [0, ...args] : args;
  return typed(range(first, last, checked_step(step ?? 1)), "seq[int]");
}

// part: any_stage needs: type_of, article, fail
function any_stage(name, f, source) {
  if (typeof f !== "function") {
    fail(`type: \`${name}\` takes a function first, not ${article(type_of(f))}`);
  }
  if (!/^(list|seq|str)/.test(type_of(source))) {
    fail(`type: \`${name}\` takes a sequence, a list or a str second`);
  }
}

// part: any_map needs: any_items, any_stage, call, typed
function any_map(f, source) {
  any_stage("map", f, source);
  return typed(map_all(), "seq");
  function* map_all() {
    for (const item of any_items(source)) {
      yield call(f, item);
    }
  }
}

// part: any_filter needs: any_items, any_stage, call, check_bool, typed
function any_filter(f, source) {
  any_stage("filter", f, source);
  return typed(filter_all(), "seq");
  function* filter_all() {
    for (const item of any_items(source)) {
      if (check_bool(call(f, item))) {
        yield item;
      }
    }
  }
}

// part: any_sum needs: any_items, any_binary, any_number, fail
function any_sum(source, start) {
  let total = start;
  for (const item of any_items(source)) {
    total = total === undefined ? (any_number(item, "sum"), item) : any_binary(total, "+", item);
  }
  return total ?? fail("empty: `sum` of nothing has no value");
}

// part: any_min needs: any_extreme
const any_min = (...args) => any_extreme("min", "<", args);

// part: any_max needs: any_extreme
const any_max = (...args) => any_extreme("max", ">", args);

// part: any_extreme needs: any_items, any_ordered, Float, type_of, article, fail
// The first one stays unless another is really better; ints mixed with floats give a float.
function any_extreme(name, op, args) {
  let best;
  let has_floats = false;
  let has_ints = false;
  for (const item of args.length === 1 ? any_items(args[0]) : args) {
    const type = type_of(item);
    if (!/^(int|float|str)$/.test(type)) {
      fail(`type: \`${name}\` takes numbers or strs, not ${article(type)}`);
    }
    has_floats ||= type === "float";
    has_ints ||= type === "int";
    best = best === undefined || any_ordered(item, op, best) ? item : best;
  }
  if (best === undefined) {
    fail(`empty: \`${name}\` of nothing has no value`);
  }
  return has_floats && has_ints && typeof best === "number" ? new Float(best) : best;
}

// part: any_any needs: any_items, check_bool
function any_any(source) {
  for (const item of any_items(source)) {
    if (check_bool(item)) {
      return true;
    }
  }
  return false;
}

// part: any_all needs: any_items, check_bool
function any_all(source) {
  for (const item of any_items(source)) {
    if (!check_bool(item)) {
      return false;
    }
  }
  return true;
}

// part: any_list needs: any_items, any_admit, type_of, typed
function any_list(source) {
  const list = [];
  for (const item of any_items(source)) {
    list.push(any_admit(list, item, "append", "to"));
  }
  const type = type_of(source);
  return type.startsWith("list[") ? typed(list, type) : list;
}

// part: any_join needs: any_items, type_of, article, fail
function any_join(separator, source) {
  const parts = [];
  const check_str = (x) => typeof x === "string" ? x
    : fail(`type: \`join\` takes strs, not ${article(type_of(x))}`);
  check_str(separator);
  for (const item of any_items(source)) {
    parts.push(check_str(item));
  }
  return parts.join(separator);
}

// part: any_write needs: type_of, article, fail
function any_write(buffer, text) {
  if (type_of(buffer) !== "buffer" || typeof text !== "string") {
    fail("type: `write` takes a buffer and a str");
  }
  buffer.push(text);
}

// part: any_text needs: type_of, article, fail
const any_text = (buffer) => type_of(buffer) === "buffer" ? buffer.join("")
  : fail(`type: \`text\` takes a buffer, not ${article(type_of(buffer))}`);

// part: any_print needs: text
const any_print = (...args) => print(...args.map(text));

// part: any_assert needs: check_bool, assert_that, type_of, article, fail
function any_assert(holds, text = "the assertion does not hold") {
  if (typeof text !== "string") {
    fail(`type: \`assert\` takes a str, not ${article(type_of(text))}`);
  }
  assert_that(check_bool(holds), text);
}

// part: any_error needs: type_of, article, fail
const any_error = (text) => fail(typeof text === "string" ? "error: " + text
  : `type: \`error\` takes a str, not ${article(type_of(text))}`);
