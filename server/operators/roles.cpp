// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/roles.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

QString roleName(Role role)
{
    switch (role) {
    case Role::Customer: return u"customer"_s;
    case Role::Viewer: return u"viewer"_s;
    case Role::Operator: return u"operator"_s;
    case Role::Admin: break;
    }
    return u"admin"_s;
}

Result<Role> roleFromName(QStringView name)
{
    for (const Role role : {Role::Customer, Role::Viewer, Role::Operator, Role::Admin}) {
        if (roleName(role) == name)
            return role;
    }
    return failure(InvalidParams, u"the role is \"%1\": it takes customer, viewer, operator or admin"_s.arg(name.left(40)));
}

QStringList permissionsOf(Role role)
{
    if (role == Role::Customer)
        return {permission::signedIn, permission::devicesRead, permission::devicesDesire, permission::devicesName};
    QStringList permissions{permission::signedIn, permission::devicesRead, permission::containersRead, permission::approvalsRead,
                            permission::serverRead};
    if (role == Role::Viewer)
        return permissions;
    permissions += {permission::devicesCall,  permission::devicesDesire,   permission::containersManage,
                    permission::commandsRead, permission::approvalsDecide, permission::auditRead};
    if (role == Role::Operator)
        return permissions;
    return permissions
           + QStringList{permission::devicesName, permission::devicesManage, permission::peopleManage, permission::serverManage};
}

} // namespace muster::operators
