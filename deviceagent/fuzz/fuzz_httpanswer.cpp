// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of HTTP, cut anywhere: the first byte says how large the pieces are. The same body comes out, and no more than went in.
#include "deviceagent/capabilities/containers/httpanswer.h"

#include <cstdlib>

using namespace muster;
using muster::agent::HttpAnswer;

namespace {

struct Read
{
    QByteArray body;
    int status = 0;
    bool isWhole = false;
    bool isGood = true;
    bool operator==(const Read &) const = default;
};

Read read(QByteArrayView bytes, qsizetype piece)
{
    HttpAnswer answer;
    Read read;
    for (qsizetype at = 0; at < bytes.size() && read.isGood; at += piece)
        read.isGood = answer.take(bytes.sliced(at, std::min(piece, bytes.size() - at)), read.body).has_value();
    read.status = answer.status();
    read.isWhole = answer.isWhole(true);
    return read;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size) - 1);
    const Read whole = read(bytes, bytes.size());
    // Where lines are too long, the piece decides which of them is found so first; that they are is all that counts.
    const Read pieces = read(bytes, data[0] + 1);
    if (whole.body.size() > bytes.size() || (whole.isGood && pieces.isGood && whole != pieces))
        std::abort();
    return 0;
}
