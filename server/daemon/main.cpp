// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/leading.h"
#include "server/daemon/move.h"
#include "server/daemon/secretfile.h"
#include "server/daemon/servicemanager.h"
#include "server/daemon/stoplimit.h"
#include "server/daemon/useradd.h"
#include "server/datafolder.h"
#include "server/server.h"
#include "server/store/place.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QLoggingCategory>
#include <QTextStream>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

/// sysexits.h has no better habit than this: 2 is what a shell gives for wrong usage.
constexpr int badUsage = 2;
constexpr int failed = 1;
/// Set for the program that takes the place of a leader.
constexpr char begunAnew[] = "MUSTER_BEGUN_ANEW";

QString flagOf(QLatin1StringView option)
{
    return QString(option).replace('_'_L1, '-'_L1);
}

int complain(const QString &message, int code)
{
    QTextStream(stderr) << "musterd: " << message << Qt::endl;
    return code;
}

muster::Result<muster::Settings> settingsOf(const QCommandLineParser &parser)
{
    QHash<QString, QString> flags;
    for (const auto &option : muster::Settings::options()) {
        if (parser.isSet(flagOf(option.name)))
            flags.insert(option.name, option.name == "standby"_L1 ? u"yes"_s : parser.value(flagOf(option.name)));
    }
    if (parser.isSet(u"config"_s) && parser.value(u"config"_s).isEmpty())
        return muster::failure(muster::InvalidParams, u"--config needs the name of a file"_s);
    return muster::Settings::read(parser.value(u"config"_s), flags);
}

QString setupLinkFile(const muster::Settings &settings)
{
    return settings.data + "/setup-link"_L1;
}

/// Tells who starts the server how to make the first account. On a terminal they read it; anywhere else a log would keep it, which
/// others may read, so that it goes into a file of the data folder.
muster::Result<void> tellSetupLink(const QString &link, const muster::Settings &settings)
{
    const QString path = setupLinkFile(settings);
    if (link.isEmpty() || isatty(STDOUT_FILENO) != 0)
        QFile::remove(path);
    if (link.isEmpty())
        return {};
    QTextStream out(stdout);
    if (isatty(STDOUT_FILENO) != 0) {
        out << "Make the first account, once, within a day: " << link << Qt::endl;
        return {};
    }
    if (const auto written = muster::writeSecretFile(path, link, "data"_L1); !written)
        return written;
    out << "The link for making the first account, once, within a day, is in " << path << Qt::endl;
    return {};
}

muster::Result<void> start(muster::Server &server, const muster::Settings &settings)
{
    if (auto started = server.start(); !started)
        return started;
    QTextStream(stdout) << "Muster listens on " << server.url() << Qt::endl;
    if (auto told = tellSetupLink(server.setupLink(), settings); !told)
        return told;
    QObject::connect(&server, &muster::Server::setUpDone, qApp, [path = setupLinkFile(settings)] { QFile::remove(path); });
    return {};
}

int run(const muster::Settings &settings)
{
    // Before anybody can see that it runs: who stops it then does not cut it off.
    muster::ServiceManager manager;
    QObject::connect(&manager, &muster::ServiceManager::stopRequested, qApp, &QCoreApplication::quit);
    muster::Server server(settings);
    if (const auto started = start(server, settings); !started)
        return complain(started.error().message, failed);
    manager.ready();
    const int code = QCoreApplication::exec();
    manager.stopping();
    server.stop();
    return code;
}

/// Begins the program anew in the place of this process: all that a leader held that leads no more is gone at once, whatever hangs.
[[noreturn]] void beginAnew(char **argv)
{
    QTextStream(stderr) << "musterd: does not lead any more, and begins anew" << Qt::endl;
    qputenv(begunAnew, "1");
    ::execv("/proc/self/exe", argv);
    ::_exit(failed);
}

/// With a database that several servers share: leads, or stands by until the other one fails.
int runShared(muster::Settings settings, char **argv)
{
    auto lock = muster::takeDataFolder(settings.data);
    if (!lock)
        return complain(lock.error().message, failed);
    muster::ServiceManager manager;
    QObject::connect(&manager, &muster::ServiceManager::stopRequested, qApp, &QCoreApplication::quit);
    std::unique_ptr<muster::Server> server;
    int code = 0;
    const auto giveUp = [&code](const QString &why) {
        code = complain(why, failed);
        QCoreApplication::exit(code);
    };
    muster::Leading leading(settings);
    QObject::connect(&leading, &muster::Leading::standsBy, qApp, [&manager](const QString &url) {
        QTextStream(stdout) << "Muster stands by" << (url.isEmpty() ? QString() : u": %1 leads"_s.arg(url)) << Qt::endl;
        manager.ready();
    });
    QObject::connect(&leading, &muster::Leading::leads, qApp, [&] {
        server = std::make_unique<muster::Server>(settings, std::move(*lock));
        if (const auto started = start(*server, settings); !started)
            return giveUp(started.error().message);
        manager.ready();
    });
    QObject::connect(&leading, &muster::Leading::failed, qApp, giveUp);
    QObject::connect(&leading, &muster::Leading::lost, qApp, [argv] { beginAnew(argv); });
    QObject::connect(&leading, &muster::Leading::membersKnown, qApp, [&server](const QStringList &urls) {
        if (server)
            server->setServers(urls);
    });
    // Who led before waits for the database that it lost; who starts is told what is wrong with it.
    leading.begin(qEnvironmentVariableIsSet(begunAnew));
    QCoreApplication::exec();
    // Who stood by has nothing to finish.
    const muster::StopLimit limit(code, server ? muster::StopLimit::ofServer : muster::StopLimit::ofStandby);
    manager.stopping();
    if (server)
        server->stop();
    leading.end();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    const muster::CryptoLibrary crypto;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"musterd"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(MUSTER_VERSION));
    qSetMessagePattern(
        u"%{time yyyy-MM-ddThh:mm:ss.zzz} %{if-debug}debug%{endif}%{if-info}info%{endif}%{if-warning}warning%{endif}"
        "%{if-critical}critical%{endif}%{if-fatal}fatal%{endif} %{category} %{message}"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"The Muster server.\n\n"
        "  musterd run        start the server (the default)\n"
        "  musterd check      read the configuration, say what is wrong with it, start nothing\n"
        "  musterd user add   add an account while the server is stopped\n"
        "  musterd move       copy all of a stopped server to another database\n\n"
        "Each setting is also read from the environment (MUSTER_LISTEN for --listen) and from the JSON file of --config."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(u"command"_s, u"run, check, user add, or move"_s, u"[command]"_s);
    parser.addOption({u"config"_s, u"JSON file with settings."_s, u"file"_s});
    parser.addOption({u"check"_s, u"The same as the command check."_s});
    for (const auto &option : muster::Settings::options()) {
        // Yes where it is there.
        if (option.name == "standby"_L1) {
            parser.addOption({flagOf(option.name), option.help});
            continue;
        }
        const QString standard = option.standard.isEmpty() ? QString() : u" Default: %1."_s.arg(option.standard);
        parser.addOption({flagOf(option.name), option.help + standard, u"value"_s});
    }
    muster::UserAdd::addOptions(parser);
    muster::Move::addOptions(parser);
    parser.process(application);

    if (const auto tested = crypto.selfTest(); !tested)
        return complain(tested.error().message, failed);
    // What is wrong with a database is said by us; Qt's driver says it once more, in many lines.
    QLoggingCategory::setFilterRules(u"qt.sql.postgresql.warning=false"_s);
    const QString command = parser.positionalArguments().join(' '_L1);
    const auto settings = settingsOf(parser);
    if (!settings)
        return complain(settings.error().message, badUsage);
    if (command == "check"_L1 || parser.isSet(u"check"_s)) {
        if (const auto web = settings->checkWeb(); !web)
            return complain(web.error().message, badUsage);
        if (const auto folders = settings->checkFolders(); !folders)
            return complain(folders.error().message, badUsage);
        if (const auto database = settings->database) {
            if (const auto good = muster::store::checkDatabase(*database); !good)
                return complain(good.error().message, badUsage);
        }
        QTextStream out(stdout);
        if (const auto tls = settings->tls(); tls) {
            for (const QString &warning : tls->warnings)
                out << "Warning: " << warning << Qt::endl;
        }
        out << "The configuration is good." << Qt::endl;
        return 0;
    }
    if (command.isEmpty() || command == "run"_L1)
        return settings->database ? runShared(*settings, argv) : run(*settings);
    const auto ended = [](const muster::Result<void> &done) {
        return done ? 0 : complain(done.error().message, done.error().code == muster::InvalidParams ? badUsage : failed);
    };
    if (command == "user add"_L1)
        return ended(muster::UserAdd::run(parser, *settings));
    if (command == "move"_L1)
        return ended(muster::Move::run(parser, *settings));
    return complain(u"there is no command \"%1\": see musterd --help"_s.arg(command), badUsage);
}
