// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

/// The method names of the signed protocol. Device methods follow the habit of Mongoose OS.
namespace muster::methods {

// server -> device, notifications about the session itself
inline constexpr QLatin1StringView sessionHello("Session.Hello");     ///< {protocol, challenge, session, server_time}
inline constexpr QLatin1StringView sessionStatus("Session.Status");   ///< {status, reason}: a person decided
inline constexpr QLatin1StringView sessionServers("Session.Servers"); ///< {servers}: others stand by now

// device -> server
inline constexpr QLatin1StringView authenticate("Device.Authenticate"); ///< the default of AUTH_RPC_METHOD
inline constexpr QLatin1StringView healthReport("Health.Report");       ///< a batch; answered {stored}
inline constexpr QLatin1StringView healthSample("Health.Sample");       ///< a live sample; notification
inline constexpr QLatin1StringView timeNow("Time.Now");                 ///< {} -> {server_time}
inline constexpr QLatin1StringView commandDone("Command.Done");         ///< the receipt of a command; answered {stored}
inline constexpr QLatin1StringView eventReport("Event.Report");         ///< {events} -> {stored}
inline constexpr QLatin1StringView stateReport("State.Report");         ///< {state}: a merge patch (RFC 7396) of the reported state
inline constexpr QLatin1StringView shadowGet("Shadow.Get");             ///< {} -> the document
inline constexpr QLatin1StringView shadowUpdate("Shadow.Update");       ///< {state: {reported}} -> {version}

// both ways, notifications
inline constexpr QLatin1StringView streamData("Stream.Data");     ///< {stream, seq, data}
inline constexpr QLatin1StringView streamCredit("Stream.Credit"); ///< {stream, bytes}
inline constexpr QLatin1StringView streamClose("Stream.Close");   ///< {stream, error?}

// server -> device
inline constexpr QLatin1StringView commandRun("Command.Run"); ///< {command, method, params, expires_at?} -> {state}
inline constexpr QLatin1StringView containerList("Container.List");
inline constexpr QLatin1StringView containerInspect("Container.Inspect");
inline constexpr QLatin1StringView containerStart("Container.Start");
inline constexpr QLatin1StringView containerStop("Container.Stop");
inline constexpr QLatin1StringView containerRestart("Container.Restart");
inline constexpr QLatin1StringView containerStats("Container.Stats");
inline constexpr QLatin1StringView containerLogs("Container.Logs");
inline constexpr QLatin1StringView shadowDelta("Shadow.Delta"); ///< {state, version, timestamp}: what is wanted and differs
inline constexpr QLatin1StringView getInfo("Sys.GetInfo");
inline constexpr QLatin1StringView reboot("Sys.Reboot");
inline constexpr QLatin1StringView rpcList("RPC.List");
inline constexpr QLatin1StringView rpcDescribe("RPC.Describe");
inline constexpr QLatin1StringView rpcDiscover("rpc.discover");
inline constexpr QLatin1StringView healthGet("Health.Get");       ///< {} -> one sample, now
inline constexpr QLatin1StringView healthStream("Health.Stream"); ///< {every_ms, for_s}: live samples; 0 stops

} // namespace muster::methods
