// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the frames of a client. However they are cut on the way, the same messages must come out, each valid UTF-8 and within the
// limit, and the connection must end for the same reason.
#include "transport/closecodes.h"
#include "transport/websocket.h"

#include <QTcpSocket>

#include <cstdlib>

using namespace muster::transport;

namespace {

constexpr qsizetype messageBytes = 2048;
/// A socket reads for some milliseconds and lets the others have their turn, which is over sooner where the machine is busy.
constexpr int mostTurns = 100;

/// A socket without a line: it reads what it is fed and forgets what it is to send.
class FedSocket : public QTcpSocket
{
public:
    FedSocket()
    {
        setSocketState(ConnectedState);
        setOpenMode(ReadWrite | Unbuffered);
    }
    ~FedSocket() override { setSocketState(UnconnectedState); }
    void feed(QByteArrayView bytes)
    {
        m_fed.append(bytes);
        emit readyRead();
    }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_fed.size(); }
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 read = std::min<qint64>(size, m_fed.size());
        std::copy_n(m_fed.constData(), read, data);
        m_fed.remove(0, read);
        return read;
    }
    qint64 writeData(const char *, qint64 size) override { return size; }

private:
    QByteArray m_fed;
};

struct Seen
{
    QList<QByteArray> texts;
    int binaries = 0;
    bool finished = false;
    quint16 code = 0;
};

Seen read(QByteArrayView bytes, qsizetype piece)
{
    Seen seen;
    FedSocket line;
    WebSocket socket(line, WebSocket::Role::Server);
    socket.setLimits(messageBytes, 64 * 1024);
    QObject::connect(&socket, &WebSocket::textReceived, &socket, [&](const QByteArray &text) {
        if (text.size() > messageBytes || !text.isValidUtf8())
            std::abort();
        seen.texts.append(text);
    });
    QObject::connect(&socket, &WebSocket::binaryReceived, &socket, [&] { ++seen.binaries; });
    QObject::connect(&socket, &WebSocket::finished, &socket, [&] { seen.finished = true; });
    while (!bytes.isEmpty() && !seen.finished) {
        const qsizetype fed = std::min(piece, bytes.size());
        line.feed(bytes.first(fed));
        bytes = bytes.sliced(fed);
        for (int turn = 1; turn < mostTurns && line.bytesAvailable() > 0 && !seen.finished; ++turn)
            line.feed({});
    }
    seen.code = socket.closeCode();
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    const Seen whole = read(bytes, std::max<qsizetype>(bytes.size(), 1));
    const Seen parts = read(bytes, 1 + data[0] % 64);
    if (whole.texts != parts.texts || whole.binaries != parts.binaries)
        std::abort();
    // wslay judges the reason of a close frame by what it read at once: later or not at all, but it is the end either way.
    const bool isOfReason = whole.code == closecode::badText || parts.code == closecode::badText;
    if (!isOfReason && (whole.finished != parts.finished || whole.code != parts.code))
        std::abort();
    return 0;
}
