# Writes a C++ source that holds files as bytes:
#   cmake -DOUTPUT=x.cc -DROOT=specs -DFILES=a.json|b/c.json -DHEADER=specs/embedded.h
#         -DNAME=embedded_files -P embed.cmake
# The source defines flowlog::<NAME>(), declared in <HEADER>.
string(REPLACE "|" ";" FILES "${FILES}")
set(arrays "")
set(entries "")
set(count 0)
foreach(path IN LISTS FILES)
  file(READ "${ROOT}/${path}" hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(APPEND arrays "const unsigned char bytes${count}[] = {${bytes}};\n")
  string(APPEND entries "      {\"${path}\", text(bytes${count}, sizeof bytes${count})},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

namespace flowlog {
namespace {

${arrays}
std::string_view text(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

const std::vector<EmbeddedFile>& ${NAME}() {
  static const std::vector<EmbeddedFile> files = {
${entries}  };
  return files;
}

}  // namespace flowlog
")
