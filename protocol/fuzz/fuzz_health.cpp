// SPDX-License-Identifier: GPL-3.0-or-later
// Batches: the first byte says whether the rest is the stream, or what goes into one.
#include "protocol/rpc/health.h"

#include <cstdlib>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray rest(reinterpret_cast<const char *>(data) + 2, static_cast<qsizetype>(size) - 2);
    const QByteArray stream = data[0] % 2 == 0 ? rest : qCompress(rest, 1).sliced(4);
    const auto samples = decodeHealthBatch(
        {{"count"_L1, data[1]},
         {"encoding"_L1, "zlib+delta"_L1},
         {"data"_L1, QString::fromLatin1(stream.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))}});
    if (!samples)
        return 0;
    if (samples->size() != data[1])
        std::abort();
    const auto again = decodeHealthBatch(encodeHealthBatch(*samples));
    if (!again || *again != *samples)
        std::abort();
    return 0;
}
