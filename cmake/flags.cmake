# Language level and code generation, the same for every target: a file compiled with other
# floating-point rules would give other last digits, so these are not left to the single targets.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()

# a * b + c must round twice, as it does in CPython and in every engine here.
add_compile_options(-ffp-contract=off)

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # interp/shape_table.h folds over more shapes than clang nests brackets by default.
  add_compile_options(-fbracket-depth=4096)
endif()

# The optimiser settings behind every published number. No -march: one binary for one class room.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -fno-plt")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG -fno-plt")

# A process that lives a millisecond notices its own loading: a fixed load address needs no
# relocation of the function tables, and the C++ library inside the binary needs no search.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT LAB_SANITIZE)
  add_compile_options(-fno-pie -ffunction-sections -fdata-sections)
  add_link_options(-no-pie -static-libstdc++ -static-libgcc -Wl,--gc-sections -Wl,-z,now)
endif()

if(LAB_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()

if(LAB_LIBFUZZER)
  # Every edge is counted, which is what libFuzzer looks at; only its targets have its main.
  add_compile_options(-fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer)
  add_compile_definitions(__SANITIZE_ADDRESS__)  # g++ defines it, and the sources ask for it
  add_link_options(-fsanitize=address)
endif()

if(LAB_MUTANTS)
  add_compile_definitions(LAB_MUTANTS)
endif()

if(LAB_SANITIZE)
  # Frame pointers keep the reports readable; no recovery, so that a finding fails the test.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(LAB_SANITIZE_THREAD)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
