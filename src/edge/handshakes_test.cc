#include <gmock/gmock.h>

#include <cctype>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "edge/edge_test_kit.h"

// What RFC 6455 §4.2 asks of a handshake, and RFC 9110 and 9112 of every request, case by case
// against a whole server over a socket.
namespace keisei::edge::testing {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Handshake {
  std::string section;  // of which RFC
  std::string name;
  std::string request;
  std::string status;      // "101"
  std::string contains{};  // in the answer's header
  std::string lacks{};
};

std::ostream& operator<<(std::ostream& out, const Handshake& handshake) {
  return out << "RFC " << handshake.section;
}

std::string name_of(const ::testing::TestParamInfo<Handshake>& info) {
  std::string name = "RFC" + info.param.section + "_" + info.param.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

// A request, with each of the fields that is not replaced ("Host: there") or removed ("-Host").
std::string request(const std::vector<std::string>& changes = {},
                    const std::string& line = "GET /ws HTTP/1.1") {
  std::vector<std::pair<std::string, std::string>> fields = {
      {"Host", "here"},
      {"Upgrade", "websocket"},
      {"Connection", "Upgrade"},
      {"Sec-WebSocket-Version", "13"},
      {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  std::string added;
  for (const std::string& change : changes) {
    if (change.starts_with('+')) {
      added += change.substr(1) + "\r\n";
      continue;
    }
    const bool removes = change.starts_with('-');
    const std::string name = removes ? change.substr(1) : change.substr(0, change.find(':'));
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    if (!removes) added += change + "\r\n";
  }
  std::string text = line + "\r\n";
  for (const auto& [name, value] : fields) text.append(name).append(": ").append(value) += "\r\n";
  return text + added + "\r\n";
}

std::string ingest(const std::vector<std::string>& changes) {
  return request(changes, "GET /ingest HTTP/1.1");
}

std::vector<Handshake> accepted() {
  const std::string example = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
  return {
      {"6455 1.3", "the example", request(), "101", example},
      {"6455 4.2.2", "another key", request({"Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC=="}), "101",
       "Sec-WebSocket-Accept: OfS0wDaT5NoxF2gqm7Zj2YtetzM=\r\n"},
      {"6455 4.2.2", "it says what it upgrades to", request(), "101", "Upgrade: websocket\r\n"},
      {"6455 4.2.2", "it says that it upgrades", request(), "101", "Connection: Upgrade\r\n"},
      {"6455 4.2.1", "upgrade in capitals", request({"Upgrade: WEBSOCKET"}), "101"},
      {"6455 4.2.1", "upgrade among others", request({"Upgrade: h2c, websocket"}), "101"},
      {"6455 4.2.1", "connection in small letters", request({"Connection: upgrade"}), "101"},
      {"6455 4.2.1", "connection among others", request({"Connection: keep-alive, Upgrade"}),
       "101"},
      {"6455 4.2.1", "connection in two fields",
       request({"Connection: keep-alive", "+Connection: Upgrade"}), "101"},
      {"6455 4.2.1", "names in small letters",
       request({"-Host", "-Upgrade", "-Connection", "-Sec-WebSocket-Version", "-Sec-WebSocket-Key",
                "+host: here", "+upgrade: websocket", "+connection: upgrade",
                "+sec-websocket-version: 13", "+sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="}),
       "101", example},
      {"6455 4.2.2", "no protocol where one is offered",
       request({"+Sec-WebSocket-Protocol: chat, superchat"}), "101", "", "Sec-WebSocket-Protocol"},
      {"6455 4.2.2", "no extension where only others are offered",
       request({"+Sec-WebSocket-Extensions: x-webkit-deflate-frame, permessage-bzip2"}), "101", "",
       "Sec-WebSocket-Extensions"},
      {"7692 5.1", "compression where it is offered",
       request({"+Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"}), "101",
       "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
       "client_no_context_takeover\r\n"},
      {"6455 4.2.1", "fields that nobody knows", request({"+X-Unknown: yes", "+Cookie: a=b"}),
       "101"},
      {"6455 3", "a query", request({}, "GET /ws?level=beginner HTTP/1.1"), "101"},
      {"6455 10.2", "our own page", request({"+Origin: http://here"}), "101"},
      {"6455 10.2", "a page of this machine", request({"+Origin: http://localhost:5173"}), "101"},
      {"6455 10.2", "no page at all", request({"-Origin"}), "101"},
      {"9110 7.2", "a host with a port", request({"Host: here:8080"}), "101"},
      {"9110 7.2", "a host by its address", request({"Host: [::1]:8080"}), "101"},
      {"9110 7.2", "an empty host", request({"Host:"}), "101"},
      {"9110 11.1", "a trainer whose scheme is in small letters",
       ingest({"+Authorization: bearer the token"}), "101"},
      {"9112 5.1", "no space after the colon", request({"Host:here"}), "101"},
      {"9112 5.1", "spaces around the value", request({"Upgrade: \t websocket \t "}), "101"},
      {"9112 2.2", "an empty line before the request", "\r\n" + request(), "101"},
      {"9112 3.2.2", "a whole URI", request({}, "GET http://here/ws HTTP/1.1"), "101"},
      {"9112 3.2.2", "a whole URI without a path is the page",
       request({}, "GET http://here HTTP/1.1"), "200", "text/html"},
  };
}

std::vector<Handshake> refused() {
  const std::string key = "Sec-WebSocket-Key: ";
  std::vector<Handshake> cases = {
      {"6455 4.2.1", "no version", request({"-Sec-WebSocket-Version"}), "426",
       "Sec-WebSocket-Version: 13\r\n"},
      {"9110 15.5.22", "a refusal says what to upgrade to", request({"-Upgrade"}), "426",
       "Upgrade: websocket\r\n"},
      {"6455 11.3.5", "two versions", request({"+Sec-WebSocket-Version: 13"}), "426"},
      {"6455 4.2.1", "no upgrade", request({"-Upgrade"}), "426"},
      {"6455 4.2.1", "another upgrade", request({"Upgrade: h2c"}), "426"},
      {"6455 4.2.1", "an upgrade that begins alike", request({"Upgrade: websockets"}), "426"},
      {"6455 4.2.1", "no connection", request({"-Connection"}), "426"},
      {"6455 4.2.1", "a connection that stays", request({"Connection: keep-alive"}), "426"},
      {"9110 7.8", "an upgrade from HTTP 1.0", request({}, "GET /ws HTTP/1.0"), "426"},
      {"6455 4.2.1", "HEAD", request({}, "HEAD /ws HTTP/1.1"), "426"},
      {"6455 4.2.1", "POST", request({}, "POST /ws HTTP/1.1"), "405", "Allow: GET, HEAD\r\n"},
      {"9110 9.1", "an unknown method", request({}, "FROB /ws HTTP/1.1"), "405"},
      {"9112 3.2.4", "the asterisk", request({}, "OPTIONS * HTTP/1.1"), "405"},
      {"6455 11.3.1", "no key", request({"-Sec-WebSocket-Key"}), "400"},
      {"6455 11.3.1", "two keys", request({"+" + key + "dGhlIHNhbXBsZSBub25jZQ=="}), "400"},
      {"6455 4.2.1", "an empty key", request({key}), "400"},
      {"6455 4.2.1", "a key of 15 bytes", request({key + "dGhlIHNhbXBsZSBub25j"}), "400"},
      {"6455 4.2.1", "a key of 17 bytes", request({key + "dGhlIHNhbXBsZSBub25jZWU="}), "400"},
      {"6455 4.2.1", "a key of 18 bytes", request({key + "dGhlIHNhbXBsZSBub25jZWVl"}), "400"},
      {"6455 4.2.1", "a key that is no base64", request({key + "dGhlIHNhbXBsZSBub2!jZQ=="}), "400"},
      {"6455 4.2.1", "a key that is padded within", request({key + "dGhlIHNhbXBsZSBub==jZQ=="}),
       "400"},
      {"6455 10.2", "another page", request({"+Origin: https://elsewhere.example"}), "403"},
      {"6455 10.2", "a page of no origin", request({"+Origin: null"}), "403"},
      {"9112 3.2", "no host", request({"-Host"}), "400"},
      {"9112 3.2", "two hosts", request({"+Host: there"}), "400"},
      {"9112 3.2", "the same host twice", request({"+Host: here"}), "400"},
      {"9112 3.2", "a host with a space", request({"Host: here there"}), "400"},
      {"9112 3.2", "a host with a path", request({"Host: here/there"}), "400"},
      {"9112 3.2", "a host with a user", request({"Host: me@here"}), "400"},
      {"9112 3.2", "two hosts in one field", request({"Host: here, there"}), "400"},
      {"9112 3", "no version of HTTP", "GET /ws\r\n\r\n", "400"},
      {"9112 3", "no target", request({}, "GET HTTP/1.1"), "400"},
      {"9112 3", "HTTP in small letters", request({}, "GET /ws http/1.1"), "400"},
      {"9112 2.3", "HTTP 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
      {"9112 3", "two spaces", request({}, "GET  /ws HTTP/1.1"), "400"},
      {"9112 3", "a method that is no token", request({}, "G(T /ws HTTP/1.1"), "400"},
      {"9112 5.1", "a space before the colon", request({"+X-Field : a"}), "400"},
      {"9112 5.1", "a field without a name", request({"+: a"}), "400"},
      {"9112 5.1", "a field without a colon", request({"+X-Field"}), "400"},
      {"9110 5.5", "a zero byte in a value", request({"+X-Field: a\0b"s}), "400"},
      {"9110 5.5", "a carriage return in a value", request({"+X-Field: a\rb"}), "400"},
      {"9112 2.2", "line feeds alone", "GET /ws HTTP/1.1\nHost: here\n\n", "400"},
      {"9112 6.3", "two lengths", request({"+Content-Length: 1", "+Content-Length: 2"}), "400"},
      {"9112 6.3", "a negative length", request({"+Content-Length: -1"}), "400"},
      {"9112 6.3", "a length that is no number", request({"+Content-Length: one"}), "400"},
      {"9112 6.3", "a length with a sign", request({"+Content-Length: +1"}), "400"},
      {"9112 6.3", "a length beyond all numbers",
       request({"+Content-Length: 99999999999999999999999"}), "400"},
      {"9112 6.3", "a body", request({"+Content-Length: 1"}) + "x", "413"},
      {"9112 6.1", "a body in chunks", request({"+Transfer-Encoding: chunked"}) + "0\r\n\r\n",
       "411", "Connection: close\r\n"},
      {"6585 5", "too long a field", request({"+X-Field: " + std::string(9000, 'x')}), "431"},
      {"6585 5", "too many fields", request(std::vector<std::string>(1000, "+X-Field: xxxxxxxx")),
       "431"},
      {"6585 5", "too long a target", request({}, "GET /" + std::string(9000, 'x') + " HTTP/1.1"),
       "431"},
      {"9112 2.2", "TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s, "400"},
      {"9110 15.5.5", "no such path of the API", request({}, "GET /api/v1/ws HTTP/1.1"), "404"},
      {"9110 11.6.1", "a trainer without a token", ingest({}), "401",
       "WWW-Authenticate: Bearer\r\n"},
      {"6750 3", "a trainer with another token", ingest({"+Authorization: Bearer guessed"}), "401",
       "WWW-Authenticate: Bearer\r\n"},
      {"9110 11.4", "a trainer with another scheme", ingest({"+Authorization: Basic dGhlIHRva2Vu"}),
       "401"},
      {"6455 4.2.1", "a trainer without a key",
       ingest({"+Authorization: Bearer the token", "-Sec-WebSocket-Key"}), "400"},
      {"6455 4.2.1", "a trainer of another version",
       ingest({"+Authorization: Bearer the token", "Sec-WebSocket-Version: 8"}), "426"},
  };
  for (const char* version : {"0", "7", "8", "12", "14", "99", "255", "13, 8", "13.0", "", "x"}) {
    cases.push_back({"6455 4.4", "version " + std::string(version) + " of another protocol",
                     request({"Sec-WebSocket-Version: "s + version}), "426",
                     "Sec-WebSocket-Version: 13\r\n"});
  }
  return cases;
}

class HandshakesTest : public EdgeTest, public ::testing::WithParamInterface<Handshake> {};

TEST_P(HandshakesTest, AreAnsweredAsTheRfcSays) {
  const Handshake& handshake = GetParam();
  TestClient client(port());
  client.write(handshake.request);
  const std::string answer = client.read_header();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + handshake.status + " "));
  EXPECT_THAT(answer, HasSubstr(handshake.contains));
  if (!handshake.lacks.empty()) {
    EXPECT_THAT(answer, Not(HasSubstr(handshake.lacks)));
  }
  if (handshake.status == "101") {
    client.say("", Opcode::ping);
    EXPECT_EQ(client.receive()->opcode, Opcode::pong);
  } else {
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: "));
  }
  if (handshake.status >= "400") {
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json\r\n"));
  }
}

INSTANTIATE_TEST_SUITE_P(Accepted, HandshakesTest, ::testing::ValuesIn(accepted()), name_of);
INSTANTIATE_TEST_SUITE_P(Refused, HandshakesTest, ::testing::ValuesIn(refused()), name_of);

using EarlyBytesTest = EdgeTest;

TEST_F(EarlyBytesTest, AreReadAfterTheHandshakeTheyCameWith) {
  TestClient client(port());
  client.write(request() + TestClient::masked(Opcode::text, "{}"));
  EXPECT_THAT(client.read_header(), StartsWith("HTTP/1.1 101 "));
  EXPECT_THAT(client.receive_text(), HasSubstr("connection_established"));
}

TEST_F(EarlyBytesTest, AreReadByteByByteToo) {
  TestClient client(port());
  for (const char byte : request() + TestClient::masked(Opcode::text, "{}")) {
    client.write({&byte, 1});
  }
  EXPECT_THAT(client.read_header(), StartsWith("HTTP/1.1 101 "));
  EXPECT_THAT(client.receive_text(), HasSubstr("connection_established"));
}

}  // namespace
}  // namespace keisei::edge::testing
