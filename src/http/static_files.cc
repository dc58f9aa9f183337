#include "http/static_files.h"

#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <utility>

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
    if (entry->path().extension() == ".gz") continue;
    const std::string path = "/" + fs::relative(entry->path(), folder).generic_string();
    Asset asset;
    asset.bytes = read_file(entry->path());
    if (const fs::path packed = entry->path().string() + ".gz"; fs::is_regular_file(packed)) {
      asset.gzip = read_file(packed);
    }
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
  Response response;
  response.fields = {
      {"ETag", asset->etag},
      {"Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"}};
  if (has(request, asset->etag)) {
    response.status = Status::not_modified;
    return response;
  }
  response.content_type = asset->content_type;
  response.body = asset->bytes;
  if (asset->gzip && request.has_token("Accept-Encoding", "gzip")) {
    response.body = asset->gzip;
    response.fields.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

}  // namespace keisei::http
