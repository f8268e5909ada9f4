// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/bundle.h"

#include "protocol/rpc/message.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>

#include <ranges>

using namespace Qt::Literals::StringLiterals;

namespace muster::web {

namespace {

/// A program is a dozen of files.
constexpr qsizetype mostFiles = 1000;
/// Kept in memory: it shows a progress bar and loads the rest.
constexpr qint64 startPageBytes = 256 * 1024;
constexpr qint64 pieceBytes = 64 * 1024;
constexpr qsizetype headerLength = 4096;

/// Small letters and digits of base 16.
bool isHex(QStringView text, qsizetype length)
{
    return text.size() == length && std::ranges::all_of(text, [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

/// Names that mean the same in an address and on every disk, and that lead nowhere else.
bool isPlainPath(const QString &path)
{
    if (path.size() > 200)
        return false;
    return std::ranges::all_of(path.split('/'_L1), [](const QString &part) {
        return !part.isEmpty() && !part.startsWith('.'_L1) && std::ranges::all_of(part, [](QChar c) {
            return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == '-'_L1 || c == '_'_L1 || c == '.'_L1);
        });
    });
}

/// What may stand in a header: printable ASCII.
bool isHeaderText(const QString &text)
{
    return !text.isEmpty() && text.size() <= headerLength && std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c <= u'~'; });
}

QString suffixOf(Coding coding)
{
    switch (coding) {
    case Coding::Brotli: return u".br"_s;
    case Coding::Gzip: return u".gz"_s;
    case Coding::Identity: break;
    }
    return {};
}

/// Reads a form's bytes and holds them against its entry. @param keep whether its contents are wanted
Result<Form> readForm(const QString &path, const QString &name, const QJsonObject &entry, bool keep, const std::stop_token &stop)
{
    const qint64 size = entry.value("size"_L1).toInteger(-1);
    const QString sha256 = entry.value("sha256"_L1).toString();
    if (size < 0 || !isHex(sha256, 64))
        return failure(InvalidParams, u"%1: its entry needs \"size\" and \"sha256\""_s.arg(name));
    if (keep && size > startPageBytes)
        return failure(InvalidParams,
                       u"%1: has %2 bytes, %3 at most are allowed"_s.arg(name, QString::number(size), QString::number(startPageBytes)));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(InvalidParams, u"%1: cannot be read: %2"_s.arg(name, file.errorString()));
    Form form{.path = path,
              .size = size,
              .modified = file.fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch(),
              .etag = '"' + sha256.left(24).toLatin1() + '"',
              .contents = {}};
    if (file.size() != size)
        return failure(InvalidParams, u"%1: has %2 bytes, its entry says %3"_s.arg(name).arg(file.size()).arg(size));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(pieceBytes, Qt::Uninitialized);
    for (qint64 left = size; left > 0;) {
        const qint64 read = file.read(piece.data(), std::min(left, pieceBytes));
        if (read <= 0 || stop.stop_requested())
            return failure(InvalidParams, u"%1: cannot be read: %2"_s.arg(name, file.errorString()));
        hash.addData(QByteArrayView(piece).first(read));
        if (keep)
            form.contents.append(QByteArrayView(piece).first(read));
        left -= read;
    }
    if (hash.resultView() != QByteArray::fromHex(sha256.toLatin1()))
        return failure(InvalidParams, u"%1: its contents are not those of its sha256"_s.arg(name));
    return form;
}

} // namespace

Result<std::shared_ptr<const Bundle>> Bundle::load(const QString &folder, const QByteArray &manifest, const std::stop_token &stop)
{
    const auto object = parseJsonObject(manifest);
    if (!object)
        return failure(InvalidParams, u"%1: %2"_s.arg(manifestName, object.error().message));
    auto bundle = std::make_shared<Bundle>();
    const QString id = object->value("id"_L1).toString();
    if (!isHex(id, 16))
        return failure(InvalidParams, u"%1: \"id\" must be 16 hexadecimal digits"_s.arg(manifestName));
    bundle->m_id = id.toLatin1();
    bundle->m_version = cleanText(object->value("version"_L1).toString(), 40);
    if (const auto read = bundle->readHeaders(object->value("headers"_L1).toObject()); !read)
        return std::unexpected(read.error());
    const QJsonArray files = object->value("files"_L1).toArray();
    if (files.size() > mostFiles)
        return failure(InvalidParams, u"%1: lists more than %2 files"_s.arg(manifestName).arg(mostFiles));
    for (const auto &entry : files) {
        if (const auto read = bundle->readFile(folder, entry.toObject(), stop); !read)
            return std::unexpected(read.error());
    }
    if (!bundle->file(startPage.toByteArray()))
        return failure(InvalidParams, u"%1: lists no %2"_s.arg(manifestName, QLatin1StringView(startPage)));
    return bundle;
}

Result<void> Bundle::readHeaders(const QJsonObject &headers)
{
    // Others are the server's own, and could undo what it protects.
    static const QStringList known{u"Content-Security-Policy"_s, u"Link"_s};
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        if (!known.contains(it.key()) || !isHeaderText(it->toString()))
            return failure(InvalidParams, u"%1: the header \"%2\" is not allowed, or its value"_s.arg(manifestName, it.key().left(40)));
        m_headers.append(it.key(), it->toString());
    }
    if (!m_headers.contains(QHttpHeaders::WellKnownHeader::ContentSecurityPolicy))
        return failure(InvalidParams, u"%1: \"headers\" has no Content-Security-Policy"_s.arg(manifestName));
    return {};
}

Result<void> Bundle::readFile(const QString &folder, const QJsonObject &entry, const std::stop_token &stop)
{
    const QString name = entry.value("path"_L1).toString();
    const bool isStart = name == QLatin1StringView(startPage);
    if (!isPlainPath(name) || (!isStart && !name.startsWith("web/"_L1)))
        return failure(InvalidParams, u"%1: the path \"%2\" is not allowed"_s.arg(manifestName, cleanText(name, 80)));
    const QString type = entry.value("type"_L1).toString();
    if (!isHeaderText(type))
        return failure(InvalidParams, u"%1: %2 has no \"type\""_s.arg(manifestName, name));
    File file{.type = type.toLatin1(), .immutable = entry.value("immutable"_L1).toBool(), .forms = {}};
    const QJsonObject packed = entry.value("encodings"_L1).toObject();
    for (const Coding coding : codings) {
        const QString codingName = QString::fromLatin1(nameOf(coding));
        if (coding != Coding::Identity && !packed.contains(codingName))
            continue;
        const QJsonObject described = coding == Coding::Identity ? entry : packed.value(codingName).toObject();
        const QString path = name + suffixOf(coding);
        auto form = readForm(folder + '/'_L1 + path, path, described, isStart, stop);
        if (!form)
            return std::unexpected(form.error());
        file.forms.emplace(coding, std::move(*form));
    }
    if (!m_files.emplace(name.toLatin1(), std::move(file)).second)
        return failure(InvalidParams, u"%1: lists %2 twice"_s.arg(manifestName, name));
    return {};
}

const File *Bundle::file(const QByteArray &path) const
{
    const auto found = m_files.find(path);
    return found == m_files.end() ? nullptr : &found->second;
}

} // namespace muster::web
