// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/commands/journalfile.h"

#include "protocol/rpc/message.h"
#include "protocol/signing/canonical.h"
#include "system/syncfolder.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logJournal, "muster.agent.commands", QtInfoMsg)

/// No line is honestly longer: a receipt with the longest result, and its escapes.
constexpr qint64 lineBytes = 2LL * 1024 * 1024;
/// Enough for what rescue() looks for, where a line comes in pieces.
constexpr qsizetype lineOverlap = 128;
/// A receipt of this size is kept as it is when others lose their results.
constexpr qint64 smallReceipt = 1024;

bool syncFolderOf(const QString &path)
{
    return syncFolder(QFileInfo(path).absolutePath());
}

QByteArray lineOf(const QJsonObject &object)
{
    return canonicalJson(object).value_or(QByteArray()) + '\n';
}

} // namespace

JournalFile::JournalFile(const QString &path)
    : m_file(path)
{
}

std::unexpected<Error> JournalFile::broken(const QString &why) const
{
    return failure(Unavailable,
                   u"The journal of commands %1 cannot be used: %2. No command is begun until it can."_s.arg(m_file.fileName(), why));
}

Result<void> JournalFile::open()
{
    Result<void> loaded = load();
    if (loaded && !m_interrupted)
        m_interrupted = m_unfinished.keys();
    return loaded;
}

Result<void> JournalFile::load()
{
    m_file.close();
    m_entries.clear();
    m_receipts.clear();
    m_unfinished.clear();
    m_size = m_counter = 0;
    const bool isNew = !m_file.exists();
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered, QFile::ReadOwner | QFile::WriteOwner))
        return broken(m_file.errorString());
    QFile reading(m_file.fileName());
    if (!reading.open(QIODevice::ReadOnly))
        return broken(reading.errorString());
    bool isUnended = false; ///< the last line that counts has no line feed
    for (qint64 offset = 0; offset < reading.size(); offset = reading.pos()) {
        QByteArray line = reading.readLine(lineBytes);
        // Not the end: whoever went on from here would forget what stands behind.
        if (line.isEmpty())
            return broken(reading.errorString());
        while (!line.endsWith('\n') && reading.pos() < reading.size()) {
            // Longer than any line is: two that ran into each other.
            const QByteArray more = reading.readLine(lineBytes);
            if (more.isEmpty())
                return broken(reading.errorString());
            line = line.last(std::min(line.size(), lineOverlap)) + more;
        }
        const bool isLineWhole = line.endsWith('\n');
        // Some file systems leave zeros where the line feed should have been.
        while (!isLineWhole && line.endsWith('\0'))
            line.chop(1);
        const Result<QJsonObject> object = parseJsonObject(line);
        if (!object && !isLineWhole)
            break; // torn: it was never promised to anybody
        isUnended = !isLineWhole;
        m_size = isUnended ? offset + line.size() : reading.pos();
        if (object)
            take(*object, {.offset = offset, .size = line.size()});
        else
            rescue(line, offset);
    }
    if (m_size < reading.size()) {
        qCInfo(logJournal).noquote() << m_file.fileName() << "ends in a torn line, which is dropped";
        if (!m_file.resize(m_size))
            return broken(m_file.errorString());
    }
    if (isUnended) {
        // An editor or a tool took it off; the next line must not run into this one.
        if (!m_file.seek(m_size) || m_file.write("\n") != 1 || ::fdatasync(m_file.handle()) != 0)
            return broken(m_file.errorString());
        ++m_size;
    }
    if (m_size == 0) {
        if (const Result<void> begun = append({{"journal"_L1, 1}, {"counter"_L1, 0}}, true); !begun) {
            m_file.close();
            return begun;
        }
    }
    if (isNew && !syncFolderOf(m_file.fileName()))
        return broken(u"its folder cannot be written to the disk"_s);
    return {};
}

void JournalFile::take(const QJsonObject &line, const Place &place)
{
    const auto idIn = [&line](QLatin1StringView member) { return line.value(member).toString().toLatin1(); };
    const qint64 at = line.value("at"_L1).toInteger();
    if (const QByteArray begun = idIn("begun"_L1); !begun.isEmpty()) {
        m_entries.insert(begun, {.state = State::Begun, .at = at});
        m_unfinished.insert(begun, line);
    } else if (const QByteArray done = idIn("done"_L1); !done.isEmpty()) {
        const qint64 counter = line.value("receipt"_L1).toObject().value("counter"_L1).toInteger();
        m_entries.insert(done, {.state = State::Done, .at = at, .counter = counter});
        m_receipts.insert(done, place);
        m_unfinished.remove(done);
        m_counter = std::max(m_counter, counter);
    } else if (const QByteArray told = idIn("told"_L1); m_entries.contains(told)) {
        m_entries[told].state = State::Told;
    } else if (const QByteArray expired = idIn("expired"_L1); !expired.isEmpty()) {
        m_entries.insert(expired, {.state = State::Expired, .at = at});
    } else {
        m_counter = std::max(m_counter, line.value("counter"_L1).toInteger());
    }
}

/// What can still be read of a damaged line: that a command was begun is a promise, and counts for more than the rest of it.
void JournalFile::rescue(const QByteArray &line, qint64 offset)
{
    static const QRegularExpression promise(u"\"(begun|done|expired)\":\"([A-Za-z0-9_-]{1,64})\""_s);
    qsizetype kept = 0;
    QRegularExpressionMatchIterator matches = promise.globalMatch(QString::fromLatin1(line));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const QByteArray id = match.captured(2).toLatin1();
        ++kept;
        if (match.captured(1) == "expired"_L1)
            m_entries.insert(id, {.state = State::Expired, .at = m_entries.isEmpty() ? 0 : std::ranges::max(m_entries, {}, &Entry::at).at});
        else if (!m_entries.contains(id))
            take({{"begun"_L1, match.captured(2)}}, {});
        // A lost outcome leaves the command begun: its server hears that it was interrupted.
    }
    qCWarning(logJournal).noquote() << m_file.fileName() << "is damaged at byte" << offset << "-"
                                    << (kept > 0 ? "what was begun there is not run again" : "that line is left out");
}

QList<QJsonObject> JournalFile::interrupted() const
{
    QList<QJsonObject> lines;
    for (const QByteArray &id : m_interrupted.value_or(QList<QByteArray>())) {
        if (m_unfinished.contains(id))
            lines.append(m_unfinished.value(id));
    }
    std::ranges::sort(lines, {}, [](const QJsonObject &line) { return line.value("at"_L1).toInteger(); });
    return lines;
}

Result<void> JournalFile::append(const QJsonObject &line, bool durable)
{
    if (!m_file.isOpen())
        return broken(u"it is not open"_s);
    const QByteArray bytes = lineOf(line);
    const bool isWritten = m_file.seek(m_size) && m_file.write(bytes) == bytes.size();
    if (!isWritten || (durable && ::fdatasync(m_file.handle()) != 0)) {
        const QString why = isWritten ? QString::fromLocal8Bit(strerror(errno)) : m_file.errorString();
        // Half a line would spoil the next one.
        if (!m_file.resize(m_size))
            m_file.close();
        return broken(why);
    }
    take(line, {.offset = m_size, .size = bytes.size()});
    m_size += bytes.size();
    return {};
}

QByteArray JournalFile::lineAt(const Place &place) const
{
    return m_file.seek(place.offset) ? m_file.read(place.size) : QByteArray();
}

Result<QJsonObject> JournalFile::receipt(const QByteArray &id) const
{
    const auto place = m_receipts.constFind(id);
    if (place == m_receipts.constEnd())
        return failure(NotFound, u"The journal has no outcome of %1."_s.arg(QString::fromLatin1(id)));
    const Result<QJsonObject> line = parseJsonObject(lineAt(*place).trimmed());
    if (!line)
        return broken(line.error().message);
    return line->value("receipt"_L1).toObject();
}

Result<void> JournalFile::compact(qint64 now)
{
    QSaveFile file(m_file.fileName());
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return broken(file.errorString());
    file.write(lineOf({{"journal"_L1, 1}, {"counter"_L1, m_counter}}));
    QList<QByteArray> ids = m_entries.keys();
    // The newest first: their results are what somebody may still ask for.
    std::ranges::sort(ids, std::ranges::greater(), [this](const QByteArray &id) { return m_entries[id].at; });
    qint64 kept = 0;
    for (const QByteArray &id : std::as_const(ids)) {
        const Entry &entry = m_entries[id];
        const bool isOver = entry.state == State::Told || entry.state == State::Expired;
        if (isOver && entry.at < now - keptForMs)
            continue;
        const QString name = QString::fromLatin1(id);
        if (entry.state == State::Begun) {
            file.write(lineOf(m_unfinished.value(id)));
            continue;
        }
        if (entry.state == State::Expired) {
            file.write(lineOf({{"expired"_L1, name}, {"at"_L1, entry.at}}));
            continue;
        }
        QByteArray line = lineAt(m_receipts.value(id));
        if (entry.state == State::Told && line.size() > smallReceipt && kept + line.size() > toldBytes) {
            QJsonObject done = parseJsonObject(line.trimmed()).value_or(QJsonObject());
            QJsonObject receipt = done.value("receipt"_L1).toObject();
            receipt.remove("result"_L1);
            receipt.insert("error"_L1,
                           errorToJson({.code = Unavailable,
                                        .message = u"It was done, and the server was told; the device no longer has its result."_s}));
            done.insert("receipt"_L1, receipt);
            line = lineOf(done);
        }
        kept += line.size();
        file.write(line);
        if (entry.state == State::Told)
            file.write(lineOf({{"told"_L1, name}}));
    }
    // Writes it to the disk before it takes the name.
    if (!file.commit())
        return broken(file.errorString());
    (void)syncFolderOf(m_file.fileName());
    return load();
}

} // namespace muster::agent
