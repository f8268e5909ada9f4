// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/move.h"

#include "server/daemon/leadfornow.h"
#include "server/datafolder.h"
#include "server/store/move/move.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTextStream>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qsizetype shownHash = 16;

/// Ctrl+C, or a service manager's SIGTERM: what was begun is taken back.
volatile std::sig_atomic_t isToStop = 0;

/// As a shell takes it.
QString quoted(const QString &text)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./:@=,%+-]+\\z"_s);
    return plain.match(text).hasMatch() ? text : u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

/// A folder's path without links, where it is there.
QString whole(const QString &folder)
{
    const QString path = QFileInfo(folder).canonicalFilePath();
    return path.isEmpty() ? QDir(folder).absolutePath() : path;
}

/// A folder that is there for this alone: gone again with it, where nothing came into it.
class MadeFolder
{
public:
    explicit MadeFolder(const QString &path)
        : m_path(QFileInfo::exists(path) ? QString() : path)
    {
    }
    ~MadeFolder()
    {
        if (!m_path.isEmpty())
            QDir().rmdir(m_path);
    }
    Q_DISABLE_COPY_MOVE(MadeFolder)

private:
    QString m_path;
};

/// Nobody else works in these folders and on this database for as long as it lives.
struct Claim
{
    std::unique_ptr<DataLock> data;
    std::unique_ptr<MadeFolder> made; ///< before its lock: it goes after it
    std::unique_ptr<DataLock> target;
    std::unique_ptr<store::Lease> lease;

    [[nodiscard]] Result<void> stillHolds() const
    {
        if (isToStop != 0)
            return failure(Conflict, u"it was stopped"_s);
        if (lease && lease->isLost())
            return failure(Conflict, u"another Muster took the lead of the database meanwhile"_s);
        return {};
    }
};

Result<store::Place> placeOf(const QString &to, const QString &passwordFile)
{
    if (!store::PostgresAddress::isOne(to)) {
        if (to.contains("://"_L1))
            return failure(InvalidParams,
                           u"--to: %1 is neither postgresql://USER@HOST/DATABASE nor a folder"_s.arg(to.section("://"_L1, 0, 0)));
        if (!passwordFile.isEmpty())
            return failure(InvalidParams, u"--to-password-file is for PostgreSQL, and %1 is a folder"_s.arg(to));
        return store::Place{.folder = whole(to)};
    }
    auto address = store::PostgresAddress::parse(to);
    if (!address)
        return failure(InvalidParams, u"--to: %1"_s.arg(address.error().message));
    if (!passwordFile.isEmpty()) {
        if (const auto read = address->readPassword(passwordFile); !read)
            return failure(InvalidParams, u"--to-password-file: %1"_s.arg(read.error().message));
    }
    return store::Place{.address = *address};
}

bool isSamePlace(const std::optional<store::PostgresAddress> &one, const std::optional<store::PostgresAddress> &other)
{
    return one && other && one->isSame(*other);
}

Result<Claim> claim(const Settings &settings, const store::Place &to)
{
    Claim claim;
    const auto take = [](const QString &folder, std::unique_ptr<DataLock> &into) -> Result<void> {
        auto lock = takeDataFolder(folder);
        if (!lock)
            return std::unexpected(lock.error());
        into = std::move(*lock);
        return {};
    };
    if (auto taken = take(settings.data, claim.data); !taken)
        return std::unexpected(taken.error());
    if (!to.address && to.folder != whole(settings.data)) {
        claim.made = std::make_unique<MadeFolder>(to.folder);
        if (auto taken = take(to.folder, claim.target); !taken)
            return std::unexpected(taken.error());
    }
    if (settings.database) {
        claim.lease = std::make_unique<store::Lease>(*settings.database);
        if (const auto epoch = leadForNow(*claim.lease, u"musterd move"_s); !epoch)
            return std::unexpected(epoch.error());
    }
    return claim;
}

Result<void> undo(const Settings &settings, const store::Place &from)
{
    const auto claimed = claim(settings, from);
    if (!claimed)
        return std::unexpected(claimed.error());
    const auto removed = store::unmarkStore(from);
    if (!removed)
        return std::unexpected(removed.error());
    QTextStream(stdout) << (*removed ? u"%1 is used again, as it was when it was moved; what came to the other place since is not in it"_s
                                     : u"%1 was not moved away"_s)
                               .arg(from.name())
                        << Qt::endl;
    return {};
}

void tell(const store::MovedTable &table)
{
    QTextStream out(stdout);
    out << table.name.leftJustified(26) << QString::number(table.rows).rightJustified(10)
        << " rows, the same in both: " << table.hash.first(shownHash);
    if (table.alteredTexts > 0)
        out << "; " << table.alteredTexts << " texts held U+0000, which PostgreSQL does not take, and hold U+FFFD in its place";
    out << Qt::endl;
}

} // namespace

void Move::addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"to"_s, u"move: where to, postgresql://USER@HOST/DATABASE or a folder for SQLite's files."_s, u"place"_s});
    parser.addOption({u"to-password-file"_s, u"move: its first line is the password of that database."_s, u"file"_s});
    parser.addOption({u"undo"_s, u"move: go on with what was moved away, as it was then."_s});
}

Result<void> Move::run(const QCommandLineParser &parser, const Settings &settings)
{
    const store::Place from{.folder = whole(settings.data), .address = settings.database};
    if (parser.isSet(u"undo"_s))
        return undo(settings, from);
    const QString wanted = parser.value(u"to"_s);
    if (wanted.isEmpty())
        return failure(InvalidParams, u"say where to: --to postgresql://USER@HOST/DATABASE, or --to FOLDER"_s);
    const auto to = placeOf(wanted, parser.value(u"to-password-file"_s));
    if (!to)
        return std::unexpected(to.error());
    if (isSamePlace(settings.database, to->address))
        return failure(InvalidParams, u"--to: it is there already"_s);
    const auto claimed = claim(settings, *to);
    if (!claimed)
        return std::unexpected(claimed.error());

    std::signal(SIGINT, [](int) { isToStop = 1; });
    std::signal(SIGTERM, [](int) { isToStop = 1; });
    QElapsedTimer time;
    time.start();
    if (auto moved = store::moveStore(from, *to, {.told = tell, .mayGoOn = [&claimed] { return claimed->stillHolds(); }}); !moved)
        return moved;
    QTextStream out(stdout);
    out << "All of it is in " << to->name() << " now (" << QString::number(static_cast<double>(time.elapsed()) / 1000, 'f', 1)
        << " s). Start the server with "
        << (to->address ? u"--database %1"_s.arg(quoted(wanted)) : u"--data %1, and without --database"_s.arg(quoted(to->name())))
        << Qt::endl;
    if (!to->address && to->folder != from.folder)
        out << "Copy the folder " << quoted(settings.data + "/keys"_L1) << " there first: devices trust that key" << Qt::endl;
    return {};
}

} // namespace muster
