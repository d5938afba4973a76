// A run as the page's script reads it: what is shown of it, bounded and printable.
//
// An object of
//   run      what encode_run() says, all text printable
//   ending   "conformant", "deviating", "no_verdict", "left_behind", "interrupted"
//   word     and `sentence`: the verdict line, taken apart
//   rows     {id, title, group, verdict}
//   checks   members of report.json in the report's language; `command_size` in place of a command
//            that is too long to show
//   causes   by verdict: {text, checks: places in `checks`}
//   pairs    [name, value as it is shown], each once; lists of parameters and headers are places in
//            it, so that the same place means the same bytes
// and an exchange of
//   {method, path, params, more_params, headers, status, seconds, failure, answer_headers, body,
//    body_shown, body_size, curl or curl_size, telling: it is what the check was judged by}
#pragma once

#include <string>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog::page {

// JSON that may stand in a script element as it is: no '<' occurs in it.
std::string page_data(const Report& report, Language say);

}  // namespace flowlog::page
