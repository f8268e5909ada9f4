// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of an engine, cut anywhere: the first byte says which form, the second how large the pieces are. However it is cut, the
// same lines come out, each of them whole.
#include "deviceagent/capabilities/containers/logdemux.h"

#include <QUtf8StringView>

#include <cstdlib>

using namespace muster;
using muster::agent::LogDemux;

namespace {

QByteArray linesOf(LogDemux::Form form, QByteArrayView bytes, qsizetype piece)
{
    LogDemux demux(form);
    QByteArray lines;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        if (!demux.take(bytes.sliced(at, std::min(piece, bytes.size() - at)), lines))
            return lines;
    }
    demux.finish(lines);
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const auto form = data[0] % 2 == 0 ? LogDemux::Form::Multiplexed : LogDemux::Form::Raw;
    const QByteArrayView bytes(data + 2, static_cast<qsizetype>(size) - 2);
    const QByteArray lines = linesOf(form, bytes, std::max<qsizetype>(bytes.size(), 1));
    if (lines != linesOf(form, bytes, data[1] + 1))
        std::abort();
    if (!QUtf8StringView(lines.data(), lines.size()).isValidUtf8() || (!lines.isEmpty() && !lines.endsWith('\n')))
        std::abort();
    for (const QByteArray &line : lines.split('\n')) {
        if (line.isEmpty())
            continue; // after the last one
        const bool isCut = line.size() > 1 && line[1] == '+';
        const qsizetype time = isCut ? 3 : 2;
        if ((line[0] != '1' && line[0] != '2') || line.size() <= time || line[time - 1] != ' ' || line.indexOf(' ', time) < 0)
            std::abort();
        // Each byte that is no UTF-8 became three.
        if (line.size() > 3 * LogDemux::lineBytes + 64)
            std::abort();
    }
    return 0;
}
