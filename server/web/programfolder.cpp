// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/programfolder.h"

#include "protocol/rpc/message.h"

#include <QFile>
#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::web {

namespace {

Q_LOGGING_CATEGORY(logWeb, "muster.web")

/// A manifest lists a dozen of files.
constexpr qint64 manifestBytes = 256 * 1024;
constexpr qint64 progressBytes = 4096;
constexpr qsizetype progressLength = 200;
/// A bundle that is being copied into its place is damaged until the last file is there.
constexpr auto checkAgainAfter = 2s;

/// A small file's contents; empty where it is not there. What is longer is cut, and is no JSON then.
QByteArray contentsOf(const QString &path, qint64 most)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(most) : QByteArray();
}

QJsonObject progressOf(const QString &state, int percent, const QString &text)
{
    return {{"state"_L1, state}, {"percent"_L1, percent}, {"text"_L1, text}};
}

} // namespace

ProgramFolder::ProgramFolder(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    m_checker.setMaxThreadCount(1);
    look();
}

ProgramFolder::~ProgramFolder()
{
    m_stop.request_stop();
    m_checker.waitForDone();
}

void ProgramFolder::look()
{
    if (m_folder.isEmpty() || m_checking)
        return;
    const QByteArray manifest = contentsOf(m_folder + '/'_L1 + Bundle::manifestName, manifestBytes);
    if (manifest.isEmpty()) {
        if (m_bundle) {
            qCInfo(logWeb).noquote() << "the browser program was taken out of" << m_folder;
            m_before = std::exchange(m_bundle, nullptr);
        }
        m_manifest.clear();
        return lookForProgress();
    }
    const bool tryAgain = m_state == State::Damaged && m_sinceCheck.durationElapsed() > checkAgainAfter;
    if (manifest != m_manifest || tryAgain)
        check(manifest);
}

void ProgramFolder::lookForProgress()
{
    const auto told = parseJsonObject(contentsOf(m_folder + "/progress.json"_L1, progressBytes));
    if (!told) {
        m_state = State::None;
        return;
    }
    const bool failed = told->value("state"_L1) == "failed"_L1;
    m_state = failed ? State::Failed : State::Building;
    m_progress = progressOf(failed ? u"failed"_s : u"building"_s, std::clamp(told->value("percent"_L1).toInt(), 0, 100),
                            cleanText(told->value("text"_L1).toString(), progressLength));
}

void ProgramFolder::distrust(const QByteArray &path)
{
    if (m_checking || !m_bundle || !m_bundle->file(path))
        return;
    m_manifest.clear();
    look();
}

void ProgramFolder::check(const QByteArray &manifest)
{
    m_checking = true;
    // Somebody who looks at a damaged one goes on reading that it is damaged.
    if (m_state != State::Damaged) {
        m_state = State::Building;
        m_progress = progressOf(u"building"_s, 100, u"Checking the program"_s);
    }
    m_checker.start([this, manifest, folder = m_folder, stop = m_stop.get_token()] {
        QMetaObject::invokeMethod(
            this, [this, manifest, loaded = Bundle::load(folder, manifest, stop)] { checked(manifest, loaded); }, Qt::QueuedConnection);
    });
}

void ProgramFolder::checked(const QByteArray &manifest, const Loaded &loaded)
{
    m_checking = false;
    m_manifest = manifest;
    m_sinceCheck.start();
    if (m_bundle && (!loaded || (*loaded)->id() != m_bundle->id()))
        m_before = std::exchange(m_bundle, nullptr);
    if (loaded) {
        if (!m_bundle || m_state == State::Damaged)
            qCInfo(logWeb).noquote() << "serves the browser program" << (*loaded)->version() << (*loaded)->id() << "from" << m_folder;
        m_bundle = *loaded;
        m_state = State::Ready;
        m_lastProblem.clear();
    } else {
        if (loaded.error().message != m_lastProblem)
            qCWarning(logWeb).noquote() << "does not serve the browser program in" << m_folder
                                        << "because it is damaged:" << loaded.error().message;
        m_lastProblem = loaded.error().message;
        m_state = State::Damaged;
    }
}

const File *ProgramFolder::file(const QByteArray &path) const
{
    for (const auto &bundle : {m_bundle, m_before}) {
        if (const File *found = bundle ? bundle->file(path) : nullptr)
            return found;
    }
    return nullptr;
}

} // namespace muster::web
