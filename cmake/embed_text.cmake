# Run by the build (embed.cmake): writes OUTPUT, which defines NAME as the text of FILES.

set(text "")
foreach(file IN LISTS FILES)
  file(READ "${file}" part)
  string(APPEND text "${part}")
endforeach()
set(mark "lab_embedded")
if(text MATCHES "\\)${mark}\"")
  message(FATAL_ERROR "${FILES} hold the mark that ends the text")
endif()
file(WRITE "${OUTPUT}" "#include <string_view>

namespace ${NAMESPACE} {
extern const std::string_view ${NAME};
const std::string_view ${NAME} = R\"${mark}(${text})${mark}\";
}  // namespace ${NAMESPACE}
")
