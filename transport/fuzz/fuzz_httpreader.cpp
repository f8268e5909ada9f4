// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a request or an answer of HTTP/1. However they are cut on the way, the reader must see the same in them, take no more
// than its message has, and hold no more than it was allowed.
#include "transport/httpreader.h"
#include "transport/upgrade.h"

#include <cstdlib>

using namespace muster::transport;

namespace {

constexpr qsizetype headBytes = 1024;
constexpr qsizetype bodyBytes = 2048;

/// What a reader made of all bytes.
struct Seen
{
    int error = 0;
    qsizetype taken = 0;
    bool whole = false;
    QByteArray method;
    QByteArray target;
    int status = 0;
    QHttpHeaders headers;
    QByteArray body;
};

Seen read(HttpReader::Kind kind, QByteArrayView bytes, qsizetype piece)
{
    HttpReader reader(kind, headBytes, bodyBytes);
    Seen seen;
    while (!bytes.isEmpty() && !reader.isWhole()) {
        const auto taken = reader.take(bytes.first(std::min(piece, bytes.size())));
        if (!taken) {
            seen.error = taken.error().code;
            break;
        }
        if (*taken == 0 && !reader.isWhole())
            std::abort(); // it would be asked for ever
        seen.taken += *taken;
        seen.body += reader.takeBody();
        bytes = bytes.sliced(*taken);
    }
    seen.whole = reader.isWhole();
    if (!reader.hasHead() || seen.error != 0)
        return seen;
    const HttpHead &head = reader.head();
    seen.method = head.method;
    seen.target = head.target;
    seen.status = head.status;
    seen.headers = head.headers;
    if (head.target.size() > headBytes || seen.body.size() > bodyBytes)
        std::abort();
    (void)head.pathAndQuery();
    (void)head.path();
    (void)head.hasToken("Connection", "upgrade");
    if (asksForWebSocket(head) && checkUpgrade(head))
        (void)upgradeAnswer(head);
    (void)checkUpgradeAnswer(head, "dGhlIHNhbXBsZSBub25jZQ==");
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const auto kind = static_cast<HttpReader::Kind>(data[0] % 3);
    const qsizetype piece = 1 + data[1] % 64;
    const QByteArrayView bytes(data + 2, static_cast<qsizetype>(size - 2));
    const Seen whole = read(kind, bytes, std::max<qsizetype>(bytes.size(), 1));
    const Seen parts = read(kind, bytes, piece);
    if (whole.error != parts.error || whole.whole != parts.whole)
        std::abort();
    if (whole.error != 0)
        return 0;
    if (whole.taken != parts.taken || whole.method != parts.method || whole.target != parts.target || whole.status != parts.status
        || whole.body != parts.body || whole.headers.toListOfPairs() != parts.headers.toListOfPairs())
        std::abort();
    return 0;
}
