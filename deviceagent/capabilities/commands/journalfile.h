// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QFile>
#include <QHash>
#include <QJsonObject>

#include <optional>

namespace muster::agent {

/// The file behind Command.Run: which commands were begun and what came of them, as JSON lines that are only ever appended.
///
/// | line | |
/// |---|---|
/// | `{"journal": 1, "counter": N}` | first: the form, and the last counter that was given to a receipt |
/// | `{"begun": ID, "method", "request_hash", "at"}` | written before a command begins; `at` in ms, server's clock |
/// | `{"done": ID, "at", "receipt": {…}}` | the params of its Command.Done |
/// | `{"told": ID}` | the server has answered that |
/// | `{"expired": ID, "at"}` | never begun, and never will be |
///
/// Its functions wait for the disk. Not thread-safe.
class JournalFile
{
public:
    enum class State { Begun, Done, Told, Expired };
    struct Entry
    {
        State state = State::Begun;
        qint64 at = 0;      ///< when it got there
        qint64 counter = 0; ///< of its receipt; 0 before Done
    };

    /// How long ids are kept, and how much of results that the server has already.
    static constexpr qint64 keptForMs = 30LL * 24 * 3600 * 1000;
    static constexpr qint64 toldBytes = 4LL * 1024 * 1024;

    explicit JournalFile(const QString &path);

    /// Reads it, or makes it. What a power cut left of a last line is dropped; a whole one counts, also without its line feed. Of a
    /// damaged line the ids count, so that nothing that was begun runs again.
    /// @return Unavailable naming the file and what is wrong with it
    [[nodiscard]] Result<void> open();
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    [[nodiscard]] const QHash<QByteArray, Entry> &entries() const { return m_entries; }
    /// The lines of the commands that had been begun when the file was first opened, and still have no outcome.
    [[nodiscard]] QList<QJsonObject> interrupted() const;
    [[nodiscard]] qint64 lastCounter() const { return m_counter; }
    [[nodiscard]] qint64 size() const { return m_size; }

    /// Appends a line, whole or not at all. @param durable waits until it is on the disk. @return Unavailable
    [[nodiscard]] Result<void> append(const QJsonObject &line, bool durable);
    /// The receipt of a finished command. @return NotFound, Unavailable
    [[nodiscard]] Result<QJsonObject> receipt(const QByteArray &id) const;
    /// Writes the file anew without what nobody needs any more: told and expired commands older than keptForMs, and the longer
    /// results of the oldest told ones. @param now ms, server's clock. @return Unavailable; the file is as it was then
    [[nodiscard]] Result<void> compact(qint64 now);

private:
    struct Place
    {
        qint64 offset = 0;
        qint64 size = 0;
    };
    [[nodiscard]] Result<void> load();
    void take(const QJsonObject &line, const Place &place);
    void rescue(const QByteArray &line, qint64 offset);
    [[nodiscard]] QByteArray lineAt(const Place &place) const;
    [[nodiscard]] std::unexpected<Error> broken(const QString &why) const;

    mutable QFile m_file;
    qint64 m_size = 0;
    qint64 m_counter = 0;
    QHash<QByteArray, Entry> m_entries;
    QHash<QByteArray, Place> m_receipts; ///< of done and told ones
    QHash<QByteArray, QJsonObject> m_unfinished;
    std::optional<QList<QByteArray>> m_interrupted;
};

} // namespace muster::agent
