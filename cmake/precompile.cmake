# lab_precompile(TARGET HEADER...): headers of others that most files of the target include are
# parsed once for it. They are half of what compiling costs. A file includes what it needs
# nevertheless.
#
# Not with clang, whose builds are for analysis; nor behind a launcher such as ccache, which keeps
# files compiled without them and would compile each anew.
function(lab_precompile target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_COMPILER_LAUNCHER AND NOT LAB_TIDY)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
