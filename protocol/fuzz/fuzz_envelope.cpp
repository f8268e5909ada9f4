// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at both ends of a session, in each of their states. Nobody here ever signed them, so nothing may pass; the
// verifier that takes every signature lets the fuzzer see what comes after it.
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/envelope.h"

#include <QTimeZone>

#include <cstdlib>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

namespace {

class Gullible final : public Verifier
{
public:
    Algorithm algorithm() const override { return Algorithm::EdDSA; }
    bool verify(QByteArrayView, QByteArrayView) const override { return true; }
};

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'750'000'000'000, QTimeZone::UTC);
const QString session = u"c2Vzc2lvbi1vZi10aGUtdg"_s; // of protocol/vectors

struct Ends
{
    CryptoLibrary crypto;
    KeyPair cloudKey = *KeyPair::generate(Algorithm::EdDSA);
    KeyPair deviceKey = *KeyPair::generate(Algorithm::EdDSA);
};

} // namespace

// OpenSSL keeps its tables of names until the process is gone.
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libcrypto\n";
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Ends ends;
    const QByteArrayView text(data, static_cast<qsizetype>(size));

    SignedSession device = SignedSession::deviceEnd(u"greenhouse-7"_s, ends.deviceKey.signer(), ends.cloudKey.publicKey().verifier());
    if (device.open(text, now, limits::messageBytesAfterAcceptance))
        std::abort();
    SignedSession cloud = SignedSession::cloudEnd(session, ends.cloudKey.signer());
    // May pass: the vectors hold an introduction, and a device may introduce itself to anybody.
    (void)cloud.openIntroduction(text, methods::authenticate, now, limits::messageBytesBeforeAcceptance);

    SignedSession gullibleDevice = SignedSession::deviceEnd(u"greenhouse-7"_s, ends.deviceKey.signer(), std::make_shared<Gullible>());
    if (const auto opened = gullibleDevice.open(text, now, limits::messageBytesAfterAcceptance)) {
        const auto *hello = std::get_if<Notification>(&opened->message);
        if (!hello || hello->method != methods::sessionHello || gullibleDevice.session() != opened->meta.session)
            std::abort();
    }
    SignedSession gullibleCloud = SignedSession::cloudEnd(session, ends.cloudKey.signer());
    gullibleCloud.setPeer(u"greenhouse-7"_s, std::make_shared<Gullible>());
    if (const auto opened = gullibleCloud.open(text, now, limits::messageBytesAfterAcceptance)) {
        if (opened->meta.session != session || opened->meta.signerId != "greenhouse-7"_L1
            || opened->meta.direction != Direction::DeviceToCloud)
            std::abort();
        if (gullibleCloud.open(text, now, limits::messageBytesAfterAcceptance))
            std::abort(); // a second time
    }
    return 0;
}
