# lab_warnings: link it PRIVATE into every target of ours. Packages' headers come in as system
# headers and stay silent.

add_library(lab_warnings INTERFACE)
target_compile_options(lab_warnings INTERFACE
  -Wall
  -Wextra
  -Wshadow
  -Wconversion
  -Wnon-virtual-dtor
  -Woverloaded-virtual
  -Wswitch
  -Werror=switch
  -Werror=return-type
  $<$<BOOL:${LAB_WERROR}>:-Werror>
  # Under ThreadSanitizer, g++ 12 takes the end behind a complete switch for reached.
  $<$<BOOL:${LAB_SANITIZE_THREAD}>:-Wno-return-type>)

if(LAB_TIDY)
  find_program(LAB_CLANG_TIDY NAMES clang-tidy-19 clang-tidy REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY "${LAB_CLANG_TIDY}")
endif()
