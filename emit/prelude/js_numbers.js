// What programs in JavaScript need where the meaning differs. Ints and floats are both Numbers:
// where their types are not settled before the run, a float is boxed as a Float, and lists,
// sequences and functions are known by what `types` and `callables` say of them.

// part: fail
function fail(message) {
  throw new Error(message);
}

// part: exact needs: fail
// Whole numbers are exact below 2^53 only.
function exact(n) {
  if (n > 9007199254740991 || n < -9007199254740991) {
    fail("range: outside this peer's exact range");
  }
  return n;
}

// part: out_of_range needs: fail
function out_of_range() {
  fail("range: outside this peer's exact range");
}

// part: divide needs: fail
function divide(a, b) {
  if (b === 0) {
    fail(`division by zero: cannot divide ${a} by zero`);
  }
  return a / b;
}

// part: floor_div needs: fail
function floor_div(a, b) {
  if (b === 0) {
    fail(`division by zero: cannot divide ${a} by zero`);
  }
  return Math.floor(a / b) + 0;
}

// part: floor_mod needs: fail
// The sign is that of the divisor.
function floor_mod(a, b) {
  if (b === 0) {
    fail(`division by zero: cannot take ${a} modulo zero`);
  }
  const rest = a % b;
  return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
}

// part: int_power needs: exact, fail
function int_power(base, exponent) {
  if (exponent < 0) {
    fail(`domain: ${base} ** ${exponent} is not an int, since the exponent is negative`);
  }
  let power = 1;
  while (true) {
    if (exponent % 2 === 1) {
      power = exact(power * base);
    }
    exponent = Math.floor(exponent / 2);
    if (exponent === 0) {
      return power + 0;
    }
    base = exact(base * base);
  }
}

// part: float_floor_div needs: fail, float_text
function float_floor_div(a, b) {
  if (b === 0) {
    fail(`division by zero: cannot divide ${float_text(a)} by zero`);
  }
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) {
    quotient -= 1;
  }
  if (quotient === 0) {
    return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  }
  const below = Math.floor(quotient);
  return quotient - below > 0.5 ? below + 1 : below;
}

// part: float_mod needs: fail, float_text
function float_mod(a, b) {
  if (b === 0) {
    fail(`division by zero: cannot take ${float_text(a)} modulo zero`);
  }
  const rest = a % b;
  if (rest === 0) {
    return b < 0 ? -0 : 0;
  }
  return rest < 0 !== b < 0 ? rest + b : rest;
}

// part: c_power
// C's pow: 1 to any power is 1, and so is -1 to an infinite one.
function c_power(x, y) {
  return x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y;
}

// part: float_power needs: c_power, fail
function float_power(x, y) {
  const power = c_power(x, y);
  if (Number.isNaN(power) && !Number.isNaN(x) && !Number.isNaN(y)) {
    fail("domain: a negative number can only be raised to a whole power");
  }
  if (Math.abs(power) === Infinity && Number.isFinite(x) && Number.isFinite(y)) {
    fail(x === 0 ? "division by zero: cannot raise zero to a negative power"
                 : "overflow: the power does not fit in a float");
  }
  return power;
}

// part: pow needs: c_power, fail
function pow(x, y) {
  const power = c_power(x, y);
  if (Number.isNaN(power) && !Number.isNaN(x) && !Number.isNaN(y)) {
    fail("domain: pow is not defined: it has no real value");
  }
  if (Math.abs(power) === Infinity && Number.isFinite(x) && Number.isFinite(y)) {
    fail(x === 0 ? "domain: pow is not defined: it has no real value"
                 : "overflow: pow does not fit in a float");
  }
  return power;
}

// part: defined needs: fail
// A nan that x did not bring in is an error.
function defined(y, x, name) {
  if (y !== y && x === x) {
    fail(`domain: ${name}(${x}) is not defined`);
  }
  return y;
}

// part: sqrt needs: defined
const sqrt = (x) => defined(Math.sqrt(x), x, "sqrt");

// part: sin needs: defined
const sin = (x) => defined(Math.sin(x), x, "sin");

// part: cos needs: defined
const cos = (x) => defined(Math.cos(x), x, "cos");

// part: tan needs: defined
const tan = (x) => defined(Math.tan(x), x, "tan");

// part: asin needs: defined
const asin = (x) => defined(Math.asin(x), x, "asin");

// part: acos needs: defined
const acos = (x) => defined(Math.acos(x), x, "acos");

// part: log needs: log_of
const log = (x) => log_of(Math.log(x), x, "log");

// part: log2 needs: log_of
const log2 = (x) => log_of(Math.log2(x), x, "log2");

// part: log10 needs: log_of
const log10 = (x) => log_of(Math.log10(x), x, "log10");

// part: log_of needs: fail
function log_of(y, x, name) {
  if (x <= 0) {
    fail(`domain: ${name}(${x}) is not defined`);
  }
  return y;
}

// part: exp needs: fail
function exp(x) {
  const y = Math.exp(x);
  if (y === Infinity && x !== Infinity) {
    fail(`overflow: exp(${x}) does not fit in a float`);
  }
  return y;
}

// part: hypot
// The squares are summed exactly enough that the root needs one correction, as CPython does it.
function hypot(x, y) {
  const sides = [Math.abs(x), Math.abs(y)];
  if (sides.includes(Infinity)) {
    return Infinity;
  }
  const longest = Math.max(...sides);
  if (longest === 0 || Number.isNaN(longest)) {
    return longest;
  }
  let sum = 1;
  const lost = [0, 0, 0];
  const add = (term, at) => {
    const before = sum;
    sum += term;
    lost[at] += before - sum + term;
  };
  let exponent = Math.floor(Math.log2(longest));
  exponent = 2 ** exponent > longest ? exponent : exponent + 1;
  if (exponent < -1023) {
    for (const side of sides) {
      add((side / longest) ** 2, 0);
    }
    return longest * Math.sqrt(sum - 1 + lost[0]);
  }
  const scale = 2 ** -exponent;
  const split = (value) => {
    const scaled = value * 134217729;
    const high = scaled - (scaled - value);
    return [high, value - high];
  };
  for (const side of sides) {
    const [high, low] = split(side * scale);
    add(high * high, 0);
    add(2 * high * low, 1);
    lost[2] += low * low;
  }
  const root = Math.sqrt(sum - 1 + (lost[0] + lost[1] + lost[2]));
  const [high, low] = split(root);
  add(-high * high, 0);
  add(-2 * high * low, 1);
  add(-low * low, 2);
  return (root + (sum - 1 + (lost[0] + lost[1] + lost[2])) / (2 * root)) / scale;
}

// part: int_of needs: exact, fail
// A whole number as an int.
function int_of(whole, name) {
  if (whole !== whole) {
    fail(`domain: ${name}(nan) is not defined: no int stands for it`);
  }
  if (whole >= 2 ** 63 || whole < -(2 ** 63)) {
    fail(`overflow: ${name}(${whole}) does not fit in a 64-bit int`);
  }
  return exact(whole) + 0;
}

// part: floor needs: int_of
const floor = (x) => int_of(Math.floor(x), "floor");

// part: ceil needs: int_of
const ceil = (x) => int_of(Math.ceil(x), "ceil");

// part: trunc needs: int_of
const trunc = (x) => int_of(Math.trunc(x), "int");

// part: round needs: int_of
// Half to even.
function round(x) {
  const below = Math.floor(x);
  const rest = x - below;
  return int_of(rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below, "round");
}

// part: parse_int needs: exact, fail
function parse_int(text) {
  const trimmed = text.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, "");
  if (!/^[+-]?\d+(_\d+)*$/.test(trimmed)) {
    fail(`value: ${JSON.stringify(text)} is not an int`);
  }
  const whole = BigInt(trimmed.replace(/[_+]/g, ""));
  if (whole !== BigInt.asIntN(64, whole)) {
    fail(`value: ${JSON.stringify(text)} does not fit in a 64-bit int`);
  }
  return exact(Number(whole));
}

// part: read_float
// undefined when the text is no float.
function read_float(text) {
  const trimmed = text.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, "");
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(trimmed);
  if (special) {
    const value = special[2].toLowerCase() === "nan" ? NaN : Infinity;
    return special[1] === "-" ? -value : value;
  }
  const digits = "\\d+(?:_\\d+)*";
  const pattern = new RegExp(
    `^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`, "i");
  return pattern.test(trimmed) ? Number(trimmed.replace(/_/g, "")) : undefined;
}

// part: parse_float needs: read_float, fail
function parse_float(text) {
  return read_float(text) ?? fail(`value: ${JSON.stringify(text)} is not a float`);
}

// part: float_text
// A float as text that reads back: 3.0, 1e-05.
function float_text(x) {
  if (!Number.isFinite(x)) {
    return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  }
  const size = Math.abs(x);
  if (size === 0 || (size >= 1e-4 && size < 1e16)) {
    const text = Object.is(x, -0) ? "-0" : String(x);
    return Number.isInteger(x) ? text + ".0" : text;
  }
  return x.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

// part: int32 needs: fail
function int32(n) {
  return n === (n | 0) ? n : fail(`overflow: ${n} does not fit in 32 bits`);
}

// part: ldexp needs: int32
// x * 2 ** n, rounded once.
function ldexp(x, n) {
  let rest = int32(n);
  for (; rest > 1023 && Number.isFinite(x); rest -= 1023) {
    x *= 2 ** 1023;
  }
  for (; rest < -1022 && x !== 0; rest += 969) {
    x *= 2 ** -969;
  }
  return Number.isFinite(x) && x !== 0 ? x * 2 ** rest : x;
}
