#include "http/static_files.h"

#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <utility>

#include "http/accepts.h"
#include "http/etag.h"

namespace keisei::http {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kContentTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".map", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
}};

std::string content_type(const std::string& extension) {
  for (const auto& [name, type] : kContentTypes) {
    if (name == extension) return std::string(type);
  }
  return "application/octet-stream";
}

// The bundler puts hashed files, and only those, below assets/.
bool is_immutable(std::string_view path) { return path.starts_with("/assets/"); }

// A form of an asset, as it goes over the wire. Each has an ETag of its own (RFC 9110 §8.8.3.3).
struct Form {
  const std::shared_ptr<const std::string>& bytes;
  std::string_view coding;  // empty: as it is
  std::string etag;
};

// The one that the client likes best; brotli of equals, as it is smaller.
Form form_for(const Asset& asset, const Request& request) {
  const std::string accepted = request.field("Accept-Encoding");
  const double brotli = asset.brotli ? liking(accepted, "br") : 0;
  const double gzip = asset.gzip ? liking(accepted, "gzip") : 0;
  const std::string name = asset.etag.substr(0, asset.etag.size() - 1);
  if (brotli > 0 && brotli >= gzip) return {asset.brotli, "br", name + "-br\""};
  if (gzip > 0) return {asset.gzip, "gzip", name + "-gz\""};
  return {asset.bytes, "", asset.etag};
}

bool is_packed(const std::filesystem::path& file) {
  return file.extension() == ".gz" || file.extension() == ".br";
}

std::shared_ptr<const std::string> read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                             std::istreambuf_iterator<char>());
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  StaticFiles files;
  std::error_code failure;
  for (auto entry = fs::recursive_directory_iterator(folder, failure);
       !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    if (is_packed(entry->path())) continue;
    const std::string path = "/" + fs::relative(entry->path(), folder).generic_string();
    Asset asset;
    asset.bytes = read_file(entry->path());
    const auto packed = [&](const char* ending) -> std::shared_ptr<const std::string> {
      const fs::path file = entry->path().string() + ending;
      return fs::is_regular_file(file) ? read_file(file) : nullptr;
    };
    asset.gzip = packed(".gz");
    asset.brotli = packed(".br");
    asset.content_type = content_type(entry->path().extension().string());
    asset.etag = etag_of(*asset.bytes);
    asset.immutable = is_immutable(path);
    files.assets_.emplace(path, std::move(asset));
  }
  if (!files.assets_.contains("/index.html")) {
    return fail("no built page in " + folder.string() +
                ": build it with `npm run build` in ui/, or name its folder with --ui");
  }
  return files;
}

const Asset* StaticFiles::find(std::string_view target) const {
  const std::string_view path = target.substr(0, target.find_first_of("?#"));
  if (!path.starts_with('/') || path.find("..") != std::string_view::npos ||
      path.find('%') != std::string_view::npos) {
    return nullptr;
  }
  if (const auto found = assets_.find(path); found != assets_.end()) return &found->second;
  const std::string_view last = path.substr(path.rfind('/'));
  if (last.find('.') != std::string_view::npos) return nullptr;
  return &assets_.find("/index.html")->second;
}

Response StaticFiles::respond(const Request& request) const {
  const Asset* asset = find(request.target);
  if (asset == nullptr) {
    return problem_response({Status::not_found, ErrorCode::failed, "there is no such file"});
  }
  const Form form = form_for(*asset, request);
  Response response;
  response.fields = {
      {"ETag", form.etag},
      {"Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"}};
  if (has(request, form.etag)) {
    response.status = Status::not_modified;
    return response;
  }
  response.content_type = asset->content_type;
  response.body = form.bytes;
  if (!form.coding.empty()) response.fields.emplace_back("Content-Encoding", form.coding);
  return response;
}

}  // namespace keisei::http
