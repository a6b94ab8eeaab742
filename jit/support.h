#pragma once
// The functions that compiled code may call, besides libm's. Names in support.def
// are the whole surface: the table of symbols is made from it.
//
// Conventions: a helper that can fail leaves context.failure (or Machine::error,
// from calls) behind and says so in its result: false, null, or a Value with
// kFailedTag; compiled code then calls Failed(site). Arguments are borrowed,
// results owned, unless a comment says otherwise. Nothing here throws through
// compiled frames. bool is passed as i1 zeroext, Value as two i64.

#include <cstdint>

#include "jit/machine.h"
#include "runtime/value.h"

namespace jit {

// A tag that no value has.
inline constexpr runtime::Tag kFailedTag = static_cast<runtime::Tag>(~uint64_t{0});

namespace support {

using runtime::Buffer;
using runtime::List;
using runtime::MemoTable;
using runtime::Object;
using runtime::Str;
using runtime::Value;

// --- errors (cold) ---
// Adds the site to the error on its way; takes context.failure over if it is new.
void Failed(Machine* machine, SiteId site);
// Repeats a failing operation through runtime/ops.h for its error text; op: BinaryOp.
void FailInt(Machine* machine, SiteId site, uint32_t op, int64_t a, int64_t b);
void FailFloat(Machine* machine, SiteId site, uint32_t op, double a, double b);
void FailNegate(Machine* machine, SiteId site, int64_t a);
// builtin: BuiltinKind; FailMath2 for two arguments; FailMathInt for abs(int).
void FailMath(Machine* machine, SiteId site, uint32_t builtin, double x);
void FailMath2(Machine* machine, SiteId site, uint32_t builtin, double x, double y);
void FailMathInt(Machine* machine, SiteId site, uint32_t builtin, int64_t x);
void FailIndex(Machine* machine, SiteId site, int64_t index, uint64_t size, bool is_str);
void FailRangeStep(Machine* machine, SiteId site);
void FailEmpty(Machine* machine, SiteId site, uint32_t builtin);
void FailUnset(Machine* machine, SiteId site, uint32_t global);
void FailMemory(Machine* machine, SiteId site);
// After a depth check at a call has fired: an interrupt, or the depth limit.
void FailCall(Machine* machine, SiteId site);
// After a poll has found the flag set.
void FailInterrupted(Machine* machine, SiteId site);
// A type failure of map's and filter's arguments; which: 0 or 1.
void FailStage(Machine* machine, SiteId site, uint32_t builtin, uint32_t which, Value value);

// --- values ---
Value Binary(Machine* machine, uint32_t op, Value a, Value b);
Value Negate(Machine* machine, Value a);
Value Not(Machine* machine, Value a);
// 0, 1, or 2 when it failed.
uint32_t Truth(Machine* machine, Value a);
Value GetIndex(Machine* machine, Value object, Value index);
bool SetIndex(Machine* machine, Value object, Value index, Value value);
Value Choose(Machine* machine, uint32_t builtin, Value a, Value b);
// Checks or converts to a declared type; takes over the reference. `name` may be "the result".
Value CheckDeclared(Machine* machine, uint32_t type, const char* name, uint64_t name_size,
                    Value value);
// A summand of sum, or its start.
bool CheckSummand(Machine* machine, Value value);
Value CallBuiltin(Machine* machine, uint32_t builtin, const Value* args, uint64_t count);
void ReleaseValue(Value value);
void DestroyObject(Object* object);  // its count has reached zero
double NumberToFloat(Value value);   // an int or float

// --- strings ---
Str* StrOfInt(Machine* machine, int64_t value);
Str* StrOf(Machine* machine, Value value);
// Takes over `str`; the text is borrowed. In place when `str` is the only reference.
Str* AppendStr(Machine* machine, Str* str, const Str* text);
Str* AppendInt(Machine* machine, Str* str, int64_t value);
Str* ConcatStr(Machine* machine, const Str* a, const Str* b);
int32_t CompareStr(const Str* a, const Str* b);
bool EqualStr(const Str* a, const Str* b);
Str* StrAt(Machine* machine, const Str* str, int64_t index);
Str* NextCodePoint(Machine* machine, const Str* str, uint64_t* offset);
Str* NewEmptyStr(Machine* machine);
Str* JoinStrs(Machine* machine, const Str* separator, const List* parts);
bool WriteStr(Machine* machine, Buffer* buffer, const Str* text);
bool WriteInt(Machine* machine, Buffer* buffer, int64_t value);

// --- lists ---
List* NewList(Machine* machine, uint32_t element, uint64_t capacity);
List* NewListFromValues(Machine* machine, const Value* values, uint64_t count);  // borrows
// Grows, then stores one element; objects: takes over the reference.
bool AppendSlow(Machine* machine, List* list, uint64_t bits);
bool AppendValue(Machine* machine, List* list, Value value);
Value ElementAt(Machine* machine, const List* list, uint64_t index);

// --- closures, sequences, calls ---
// type kAny: found from the captures. Takes over the captures.
Object* NewClosure(Machine* machine, uint32_t function, uint32_t type, const Value* captures,
                   uint64_t count);
// Takes over the arguments.
Object* NewGenerator(Machine* machine, uint32_t function, uint32_t type, const Value* args,
                     uint64_t count);
// Calls any value; takes over the arguments, borrows the callee.
Value CallValue(Machine* machine, uint32_t depth, Value callee, Value* args, uint64_t count);
// args in the order of the parameters, borrowed.
Value CallExtern(Machine* machine, uint32_t function, const Value* args, uint64_t count);
// join(separator, source) of any values; takes over neither.
Value JoinValue(Machine* machine, uint32_t depth, Value separator, Value source);

// --- pulling a sequence that is a value (iterate.h) ---
// Null: failed. Holds its own reference to the source.
Iterator* Iterate(Machine* machine, uint32_t depth, Value source);
// The element is owned. Iterator::depth then says where the consumer's calls count from.
Step Next(Machine* machine, Iterator* iterator, Value* element);
void EndIteration(Machine* machine, Iterator* iterator);

// --- memo ---
// Null: absent. Counts a hit or a miss.
const Value* MemoFind(MemoTable* table, const Value* key);
const Value* MemoFindInt(MemoTable* table, int64_t key);
const Value* MemoFindInts(MemoTable* table, int64_t a, int64_t b);
// Retains key and result.
bool MemoInsert(Machine* machine, MemoTable* table, const Value* key, Value result);
bool MemoCheckKey(Machine* machine, const Value* key, uint64_t count);

// --- arithmetic with no short form in machine code (runtime/arith.h); false: failed ---
bool PowInt(int64_t base, int64_t exponent, int64_t* result);
double DivLargeInts(int64_t a, int64_t b);
double ModFloat(double a, double b);       // b is not zero
double FloorDivFloat(double a, double b);  // b is not zero
double Hypot(double x, double y);
int32_t CompareIntFloat(int64_t a, double b);

}  // namespace support
}  // namespace jit
