// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace muster::test {

/// A real Podman that serves the Docker API, with a storage of its own that is gone with it, and one image, "localhost/box"
/// (busybox). Needs root and a kernel that lets it make name spaces; everything runs in a PID namespace that ends with this.
class Podman
{
public:
    /// @return null where Podman cannot run here, which is said with qInfo()
    [[nodiscard]] static std::unique_ptr<Podman> start();
    ~Podman();
    Q_DISABLE_COPY_MOVE(Podman)

    [[nodiscard]] QString socket() const { return m_folder.filePath(QStringLiteral("engine.sock")); }
    /// Runs podman with these arguments. @return what it printed; a null text when it failed
    QString run(const QStringList &arguments);
    /// Starts the service; start() did that once.
    [[nodiscard]] bool serve();
    /// Ends the service at once, as if it crashed. Containers go on.
    void kill();

private:
    Podman() = default;
    [[nodiscard]] int command(const QString &line, QString *output = nullptr);

    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace muster::test
