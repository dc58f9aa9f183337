#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace keisei::http {

/// One file of the built page, ready to be served.
struct Asset {
  std::shared_ptr<const std::string> bytes;
  std::shared_ptr<const std::string> gzip;    // the prebuilt .gz beside it; null if there is none
  std::shared_ptr<const std::string> brotli;  // the same of .br
  std::string content_type;
  std::string etag;  // quoted, from the content; packed forms have others
  bool immutable;    // its name contains a hash of its content: cache for ever
};

/// The built page, read into memory once. A request can only name what was found below the folder
/// at start, so no path leads out of it. Links are not followed.
class StaticFiles {
 public:
  /// Fails, saying what to do, when the folder holds no index.html.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  /// For a request target such as "/assets/app-1a2b3c4d.js?x=1". A path without an extension that
  /// is no file is the page itself, so that its own routes can be reloaded. Null: 404.
  const Asset* find(std::string_view target) const;

  /// The file, packed for those who unpack it and not again for those who have it; else a 404.
  Response respond(const Request& request) const;

  std::size_t size() const { return assets_.size(); }

 private:
  std::map<std::string, Asset, std::less<>> assets_;  // by path, "/index.html"
};

}  // namespace keisei::http
