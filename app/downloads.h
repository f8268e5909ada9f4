// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qml/Muster/Frame/textsaver.h"

#include <QString>

namespace muster {

/// Keeps texts as files in the folder for downloads, as a browser does: no dialog, and no file is ever overwritten.
class Downloads : public TextSaver
{
    Q_OBJECT

public:
    /// @param folder empty: the person's own folder for downloads
    explicit Downloads(const QString &folder = {}, QObject *parent = nullptr);

    void save(const QString &name, const QString &text) override;

    /// A name that every file system takes, and that stays in its folder.
    [[nodiscard]] static QString safeName(const QString &name);

private:
    QString m_folder;
};

} // namespace muster
