# lab_embed(TARGET NAMESPACE NAME FILE...)
# Adds to TARGET a source file that defines `const std::string_view NAME` in NAMESPACE: the text of
# the files, one after the other. It is made again when one of them changes. The header that declares
# the name is written by hand.

set(LAB_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_text.cmake")

function(lab_embed target namespace name)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
  list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE files)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DNAMESPACE=${namespace}" "-DNAME=${name}"
            "-DFILES=${files}" -P "${LAB_EMBED_SCRIPT}"
    DEPENDS ${files} "${LAB_EMBED_SCRIPT}"
    COMMENT "Embedding ${name}"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
