// SPDX-License-Identifier: GPL-3.0-or-later
// The names of the operator API, as the server's method table has them. MUSTER_WRITE=1 tst_clientapi writes this file.
#pragma once

#include <QLatin1StringView>

#include <array>

namespace muster::contract {

namespace permission {
inline constexpr QLatin1StringView approvalsDecide("approvals.decide");
inline constexpr QLatin1StringView approvalsRead("approvals.read");
inline constexpr QLatin1StringView auditRead("audit.read");
inline constexpr QLatin1StringView commandsRead("commands.read");
inline constexpr QLatin1StringView containersManage("containers.manage");
inline constexpr QLatin1StringView containersRead("containers.read");
inline constexpr QLatin1StringView devicesCall("devices.call");
inline constexpr QLatin1StringView devicesDesire("devices.desire");
inline constexpr QLatin1StringView devicesManage("devices.manage");
inline constexpr QLatin1StringView devicesName("devices.name");
inline constexpr QLatin1StringView devicesRead("devices.read");
inline constexpr QLatin1StringView peopleManage("people.manage");
inline constexpr QLatin1StringView everyone("public");
inline constexpr QLatin1StringView serverManage("server.manage");
inline constexpr QLatin1StringView serverRead("server.read");
inline constexpr QLatin1StringView signedIn("session");
} // namespace permission

namespace method {
inline constexpr QLatin1StringView apiKeysCreate("ApiKeys.Create");
inline constexpr QLatin1StringView apiKeysDelete("ApiKeys.Delete");
inline constexpr QLatin1StringView apiKeysList("ApiKeys.List");
inline constexpr QLatin1StringView approvalsAccept("Approvals.Accept");
inline constexpr QLatin1StringView approvalsList("Approvals.List");
inline constexpr QLatin1StringView approvalsReject("Approvals.Reject");
inline constexpr QLatin1StringView approvalsRejectFrom("Approvals.RejectFrom");
inline constexpr QLatin1StringView auditList("Audit.List");
inline constexpr QLatin1StringView bulksAgain("Bulks.Again");
inline constexpr QLatin1StringView bulksCancel("Bulks.Cancel");
inline constexpr QLatin1StringView bulksGet("Bulks.Get");
inline constexpr QLatin1StringView commandsCancel("Commands.Cancel");
inline constexpr QLatin1StringView commandsCreate("Commands.Create");
inline constexpr QLatin1StringView commandsGet("Commands.Get");
inline constexpr QLatin1StringView commandsList("Commands.List");
inline constexpr QLatin1StringView commandsReceipt("Commands.Receipt");
inline constexpr QLatin1StringView containersInspect("Containers.Inspect");
inline constexpr QLatin1StringView containersList("Containers.List");
inline constexpr QLatin1StringView containersLogs("Containers.Logs");
inline constexpr QLatin1StringView containersRestart("Containers.Restart");
inline constexpr QLatin1StringView containersStart("Containers.Start");
inline constexpr QLatin1StringView containersStats("Containers.Stats");
inline constexpr QLatin1StringView containersStop("Containers.Stop");
inline constexpr QLatin1StringView devicesCall("Devices.Call");
inline constexpr QLatin1StringView devicesCreate("Devices.Create");
inline constexpr QLatin1StringView devicesForget("Devices.Forget");
inline constexpr QLatin1StringView devicesGet("Devices.Get");
inline constexpr QLatin1StringView devicesGiveBack("Devices.GiveBack");
inline constexpr QLatin1StringView devicesHealth("Devices.Health");
inline constexpr QLatin1StringView devicesHistory("Devices.History");
inline constexpr QLatin1StringView devicesList("Devices.List");
inline constexpr QLatin1StringView devicesRenewToken("Devices.RenewToken");
inline constexpr QLatin1StringView devicesRevokeToken("Devices.RevokeToken");
inline constexpr QLatin1StringView devicesShare("Devices.Share");
inline constexpr QLatin1StringView devicesSharedWith("Devices.SharedWith");
inline constexpr QLatin1StringView devicesUpdate("Devices.Update");
inline constexpr QLatin1StringView eventsList("Events.List");
inline constexpr QLatin1StringView liveCredit("Live.Credit");
inline constexpr QLatin1StringView liveMove("Live.Move");
inline constexpr QLatin1StringView livePing("Live.Ping");
inline constexpr QLatin1StringView liveSubscribe("Live.Subscribe");
inline constexpr QLatin1StringView liveUnsubscribe("Live.Unsubscribe");
inline constexpr QLatin1StringView mdashDevices("Mdash.Devices");
inline constexpr QLatin1StringView mdashKeys("Mdash.Keys");
inline constexpr QLatin1StringView mdashLogs("Mdash.Logs");
inline constexpr QLatin1StringView mdashUser("Mdash.User");
inline constexpr QLatin1StringView methodsList("Methods.List");
inline constexpr QLatin1StringView selectionsCreate("Selections.Create");
inline constexpr QLatin1StringView serverBackup("Server.Backup");
inline constexpr QLatin1StringView serverInfo("Server.Info");
inline constexpr QLatin1StringView sessionCreate("Session.Create");
inline constexpr QLatin1StringView sessionDelete("Session.Delete");
inline constexpr QLatin1StringView sessionGet("Session.Get");
inline constexpr QLatin1StringView sessionRedeem("Session.Redeem");
inline constexpr QLatin1StringView sessionsList("Sessions.List");
inline constexpr QLatin1StringView sessionsRevoke("Sessions.Revoke");
inline constexpr QLatin1StringView setupComplete("Setup.Complete");
inline constexpr QLatin1StringView setupState("Setup.State");
inline constexpr QLatin1StringView shadowGet("Shadow.Get");
inline constexpr QLatin1StringView shadowUpdate("Shadow.Update");
inline constexpr QLatin1StringView signInLinksCreate("SignInLinks.Create");
inline constexpr QLatin1StringView usersCreate("Users.Create");
inline constexpr QLatin1StringView usersDelete("Users.Delete");
inline constexpr QLatin1StringView usersList("Users.List");
inline constexpr QLatin1StringView usersUpdate("Users.Update");
} // namespace method

namespace topic {
inline constexpr QLatin1StringView devices("devices");
inline constexpr QLatin1StringView device("device");
inline constexpr QLatin1StringView shadow("shadow");
inline constexpr QLatin1StringView approvals("approvals");
inline constexpr QLatin1StringView fleet("fleet");
inline constexpr QLatin1StringView health("health");
inline constexpr QLatin1StringView commands("commands");
inline constexpr QLatin1StringView history("history");
inline constexpr QLatin1StringView logs("logs");
inline constexpr QLatin1StringView events("events");
} // namespace topic

/// A method, what it takes to call it, and the names of its params.
struct MethodFacts
{
    QLatin1StringView name;
    QLatin1StringView permission;
    QLatin1StringView params;
};
inline constexpr std::array methods{
    MethodFacts{method::apiKeysCreate, permission::peopleManage, QLatin1StringView("expires_in_days name user")},
    MethodFacts{method::apiKeysDelete, permission::peopleManage, QLatin1StringView("id")},
    MethodFacts{method::apiKeysList, permission::peopleManage, QLatin1StringView("after limit user")},
    MethodFacts{method::approvalsAccept, permission::approvalsDecide, QLatin1StringView("fingerprint id")},
    MethodFacts{method::approvalsList, permission::approvalsRead, QLatin1StringView("after limit network state text")},
    MethodFacts{method::approvalsReject, permission::approvalsDecide, QLatin1StringView("fingerprint id")},
    MethodFacts{method::approvalsRejectFrom, permission::approvalsDecide, QLatin1StringView("address count")},
    MethodFacts{method::auditList, permission::auditRead, QLatin1StringView("actor after from limit method outcome target to")},
    MethodFacts{method::bulksAgain, permission::devicesCall, QLatin1StringView("bulk count")},
    MethodFacts{method::bulksCancel, permission::devicesCall, QLatin1StringView("bulk")},
    MethodFacts{method::bulksGet, permission::commandsRead, QLatin1StringView("bulk")},
    MethodFacts{method::commandsCancel, permission::devicesCall, QLatin1StringView("command")},
    MethodFacts{method::commandsCreate, permission::devicesCall, QLatin1StringView("count device expires_at method params selection")},
    MethodFacts{method::commandsGet, permission::commandsRead, QLatin1StringView("command")},
    MethodFacts{method::commandsList, permission::commandsRead, QLatin1StringView("after bulk device limit state")},
    MethodFacts{method::commandsReceipt, permission::commandsRead, QLatin1StringView("command")},
    MethodFacts{method::containersInspect, permission::containersRead, QLatin1StringView("container id")},
    MethodFacts{method::containersList, permission::containersRead, QLatin1StringView("id")},
    MethodFacts{method::containersLogs, permission::containersRead, QLatin1StringView("container id since stderr stdout tail until")},
    MethodFacts{method::containersRestart, permission::containersManage, QLatin1StringView("container id timeout_s")},
    MethodFacts{method::containersStart, permission::containersManage, QLatin1StringView("container id timeout_s")},
    MethodFacts{method::containersStats, permission::containersRead, QLatin1StringView("id")},
    MethodFacts{method::containersStop, permission::containersManage, QLatin1StringView("container id timeout_s")},
    MethodFacts{method::devicesCall, permission::devicesCall, QLatin1StringView("id method params timeout_ms")},
    MethodFacts{method::devicesCreate, permission::approvalsDecide, QLatin1StringView("id name")},
    MethodFacts{method::devicesForget, permission::devicesManage, QLatin1StringView("id")},
    MethodFacts{method::devicesGet, permission::devicesRead, QLatin1StringView("id")},
    MethodFacts{method::devicesGiveBack, permission::devicesRead, QLatin1StringView("id")},
    MethodFacts{method::devicesHealth, permission::devicesRead, QLatin1StringView("from id points to")},
    MethodFacts{method::devicesHistory, permission::devicesRead, QLatin1StringView("after id kind limit")},
    MethodFacts{method::devicesList, permission::devicesRead, QLatin1StringView("after level limit sort state text")},
    MethodFacts{method::devicesRenewToken, permission::approvalsDecide, QLatin1StringView("id")},
    MethodFacts{method::devicesRevokeToken, permission::approvalsDecide, QLatin1StringView("id")},
    MethodFacts{method::devicesShare, permission::devicesManage, QLatin1StringView("id users")},
    MethodFacts{method::devicesSharedWith, permission::devicesManage, QLatin1StringView("id")},
    MethodFacts{method::devicesUpdate, permission::devicesName, QLatin1StringView("id name")},
    MethodFacts{method::eventsList, permission::devicesRead, QLatin1StringView("after device limit name")},
    MethodFacts{method::liveCredit, permission::signedIn, QLatin1StringView("bytes subscription")},
    MethodFacts{method::liveMove, permission::signedIn, QLatin1StringView("level limit offset sort state subscription text")},
    MethodFacts{method::livePing, permission::signedIn, QLatin1StringView("")},
    MethodFacts{method::liveSubscribe, permission::signedIn,
                QLatin1StringView(
                    "bulk container credit device follow id level limit offset since sort state stderr stdout tail text topic until")},
    MethodFacts{method::liveUnsubscribe, permission::signedIn, QLatin1StringView("subscription")},
    MethodFacts{method::mdashDevices, permission::devicesDesire, QLatin1StringView("id name shadow shared_with")},
    MethodFacts{method::mdashKeys, permission::peopleManage, QLatin1StringView("id")},
    MethodFacts{method::mdashLogs, permission::devicesRead, QLatin1StringView("start")},
    MethodFacts{method::mdashUser, permission::peopleManage, QLatin1StringView("name pass")},
    MethodFacts{method::methodsList, permission::devicesRead, QLatin1StringView("id")},
    MethodFacts{method::selectionsCreate, permission::devicesCall, QLatin1StringView("devices level state text")},
    MethodFacts{method::serverBackup, permission::serverManage, QLatin1StringView("")},
    MethodFacts{method::serverInfo, permission::serverRead, QLatin1StringView("")},
    MethodFacts{method::sessionCreate, permission::everyone, QLatin1StringView("password user want_token")},
    MethodFacts{method::sessionDelete, permission::signedIn, QLatin1StringView("")},
    MethodFacts{method::sessionGet, permission::signedIn, QLatin1StringView("")},
    MethodFacts{method::sessionRedeem, permission::everyone, QLatin1StringView("token want_token")},
    MethodFacts{method::sessionsList, permission::signedIn, QLatin1StringView("after limit user")},
    MethodFacts{method::sessionsRevoke, permission::signedIn, QLatin1StringView("id")},
    MethodFacts{method::setupComplete, permission::everyone, QLatin1StringView("password token user want_token")},
    MethodFacts{method::setupState, permission::everyone, QLatin1StringView("")},
    MethodFacts{method::shadowGet, permission::devicesRead, QLatin1StringView("id")},
    MethodFacts{method::shadowUpdate, permission::devicesDesire, QLatin1StringView("id state version")},
    MethodFacts{method::signInLinksCreate, permission::peopleManage, QLatin1StringView("user")},
    MethodFacts{method::usersCreate, permission::peopleManage, QLatin1StringView("password role user")},
    MethodFacts{method::usersDelete, permission::peopleManage, QLatin1StringView("user")},
    MethodFacts{method::usersList, permission::peopleManage, QLatin1StringView("after limit text")},
    MethodFacts{method::usersUpdate, permission::peopleManage, QLatin1StringView("password role user")},
};

/// A topic of live sockets, what it takes to watch it, and what tells of changes.
struct TopicFacts
{
    QLatin1StringView name;
    QLatin1StringView permission;
    QLatin1StringView notification;
};
inline constexpr std::array topics{
    TopicFacts{topic::devices, permission::devicesRead, QLatin1StringView("Live.Window")},
    TopicFacts{topic::device, permission::devicesRead, QLatin1StringView("Live.Device")},
    TopicFacts{topic::shadow, permission::devicesRead, QLatin1StringView("Live.Shadow")},
    TopicFacts{topic::approvals, permission::approvalsRead, QLatin1StringView("Live.Approvals")},
    TopicFacts{topic::fleet, permission::devicesRead, QLatin1StringView("Live.Fleet")},
    TopicFacts{topic::health, permission::devicesRead, QLatin1StringView("Live.Health")},
    TopicFacts{topic::commands, permission::commandsRead, QLatin1StringView("Live.Commands")},
    TopicFacts{topic::history, permission::devicesRead, QLatin1StringView("Live.History")},
    TopicFacts{topic::logs, permission::containersRead, QLatin1StringView("Live.Log")},
    TopicFacts{topic::events, permission::devicesRead, QLatin1StringView("Live.Events")},
};

inline constexpr std::array viewerPermissions{permission::signedIn, permission::devicesRead, permission::containersRead,
                                              permission::approvalsRead, permission::serverRead};
inline constexpr std::array operatorPermissions{permission::signedIn,        permission::devicesRead,      permission::containersRead,
                                                permission::approvalsRead,   permission::serverRead,       permission::devicesCall,
                                                permission::devicesDesire,   permission::containersManage, permission::commandsRead,
                                                permission::approvalsDecide, permission::auditRead};
inline constexpr std::array adminPermissions{permission::signedIn,        permission::devicesRead,      permission::containersRead,
                                             permission::approvalsRead,   permission::serverRead,       permission::devicesCall,
                                             permission::devicesDesire,   permission::containersManage, permission::commandsRead,
                                             permission::approvalsDecide, permission::auditRead,        permission::devicesName,
                                             permission::devicesManage,   permission::peopleManage,     permission::serverManage};

} // namespace muster::contract
