// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/secretfile.h"

#include <QSaveFile>

using namespace Qt::Literals::StringLiterals;

namespace muster {

Result<void> writeSecretFile(const QString &path, const QString &secret, QLatin1StringView what)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(secret.toUtf8() + '\n') < 0 || !file.commit())
        return failure(Unavailable, u"%1: %2 cannot be written: %3"_s.arg(what, path, file.errorString()));
    return {};
}

} // namespace muster
