// What the journal says to SQLite.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace flowlog {

// One statement, used and finalised within a scope.
class Statement {
 public:
  Statement(sqlite3* db, const std::string& sql) {
    sqlite3_prepare_v2(db, sql.c_str(), static_cast<int>(sql.size()), &statement_, nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Text may hold any bytes.
  Statement& text(std::string_view value) {
    sqlite3_bind_text(statement_, next_++, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
    return *this;
  }
  Statement& bytes(std::string_view value) {
    sqlite3_bind_blob(statement_, next_++, value.empty() ? "" : value.data(),
                      static_cast<int>(value.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& nothing() {
    sqlite3_bind_null(statement_, next_++);
    return *this;
  }
  Statement& number(std::int64_t value) {
    sqlite3_bind_int64(statement_, next_++, value);
    return *this;
  }
  bool row() { return step() == SQLITE_ROW; }
  bool done() { return step() == SQLITE_DONE; }
  bool failed() const { return last_ != SQLITE_ROW && last_ != SQLITE_DONE; }

  bool null_at(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t number_at(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text_at(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
  }

 private:
  int step() { return last_ = statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }

  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
  int last_ = SQLITE_OK;
};

}  // namespace flowlog
