#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/ssl/context.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/testing/temporary_folder.h"
#include "hook/hook_test_kit.h"
#include "hook/transport/test_showcase.h"

namespace keisei::hook {
namespace {

using namespace testing;
namespace ssl = boost::asio::ssl;

/// A key and a certificate for a host name that vouches for itself, as PEM files.
class Identity {
 public:
  Identity(const std::filesystem::path& folder, const std::string& host)
      : certificate((folder / (host + ".crt")).string()), key((folder / (host + ".key")).string()) {
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> secret(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, void (*)(X509*)> x509(X509_new(), X509_free);
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
    X509_set_pubkey(x509.get(), secret.get());
    X509_NAME* name = X509_get_subject_name(x509.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
    X509_set_issuer_name(x509.get(), name);
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + host).c_str());
    X509_add_ext(x509.get(), names, -1);
    X509_EXTENSION_free(names);
    X509_sign(x509.get(), secret.get(), EVP_sha256());
    std::FILE* file = std::fopen(certificate.c_str(), "w");
    PEM_write_X509(file, x509.get());
    std::fclose(file);
    file = std::fopen(key.c_str(), "w");
    PEM_write_PrivateKey(file, secret.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
  }

  const std::string certificate;
  const std::string key;
};

class SecureConnectionTest : public ::testing::Test {
 protected:
  std::unique_ptr<ssl::context> server_tls(const Identity& identity) {
    auto tls = std::make_unique<ssl::context>(ssl::context::tls_server);
    tls->use_certificate_chain_file(identity.certificate);
    tls->use_private_key_file(identity.key, ssl::context::pem);
    return tls;
  }

  const TemporaryFolder folder_;
  SystemClock clock_;
};

TEST_F(SecureConnectionTest, StreamsToAShowcaseWithACertificateItTrusts) {
  const Identity identity(folder_.path(), "localhost");
  const auto tls = server_tls(identity);
  TestShowcase showcase(TestShowcase::Manner::friendly, 0, tls.get());
  HookOptions options = options_for(showcase.url());
  options.ca_file = identity.certificate;
  StreamingHook hook(options, demo_run(), clock_);
  hook.emit(game_event(1));
  EXPECT_TRUE(comes_true([&] { return hook.counters().acknowledged == 1; })) << hook.last_error();
  EXPECT_EQ(showcase.all<protocol::GameFinished>().size(), 1U);
}

TEST_F(SecureConnectionTest, RefusesACertificateThatNobodyVouchesFor) {
  const auto tls = server_tls(Identity(folder_.path(), "localhost"));
  TestShowcase showcase(TestShowcase::Manner::friendly, 0, tls.get());
  StreamingHook hook(options_for(showcase.url()), demo_run(), clock_);
  ASSERT_TRUE(comes_true([&] { return hook.counters().connect_failures >= 2; }));
  EXPECT_NE(hook.last_error().find("no secure connection"), std::string::npos) << hook.last_error();
  EXPECT_EQ(showcase.authorization(), "") << "the token is not for strangers";
}

TEST_F(SecureConnectionTest, RefusesACertificateForAnotherHost) {
  const Identity identity(folder_.path(), "elsewhere.example");
  const auto tls = server_tls(identity);
  TestShowcase showcase(TestShowcase::Manner::friendly, 0, tls.get());
  HookOptions options = options_for(showcase.url());
  options.ca_file = identity.certificate;
  StreamingHook hook(options, demo_run(), clock_);
  ASSERT_TRUE(comes_true([&] { return hook.counters().connect_failures >= 2; }));
  EXPECT_NE(hook.last_error().find("no secure connection"), std::string::npos) << hook.last_error();
}

TEST_F(SecureConnectionTest, SaysThatACertificateFileIsNone) {
  HookOptions options = options_for("wss://localhost/ingest");
  options.ca_file = folder_ / "none.pem";
  EXPECT_THROW(StreamingHook(options, demo_run(), clock_), std::invalid_argument);
}

}  // namespace
}  // namespace keisei::hook
