using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Setup codes, and what clients read of the gateway itself.</summary>
internal static class SetupRows
{
    internal static readonly MethodEntry[] All =
    [
        new(SetupCodeParams.Method, Role.Operator, Scope.Admin, HandlerKey.Devices, false, typeof(SetupCodeParams), typeof(SetupCodeResult),
            "Mints a setup code: pairs the first device that shows it, within ten minutes, without a prompt."),
        new(SetupStatusParams.Method, Role.Operator, Scope.Admin, HandlerKey.Devices, true, typeof(SetupStatusParams), typeof(SetupStatusResult),
            "Which device has used a setup code, if one has."),
        new(ConfigGetResult.Method, Role.Operator, Scope.Read, HandlerKey.Reading, true, typeof(NoParams), typeof(ConfigGetResult),
            "netclaw.json as it stands and what is in force, every secret as ***."),
        new(LogsTailParams.Method, Role.Operator, Scope.Read, HandlerKey.Reading, true, typeof(LogsTailParams), typeof(LogsTailResult),
            "The daemon's own log from a cursor on, or its end."),
        new(LastHeartbeat.Method, Role.Operator, Scope.Read, HandlerKey.Reading, true, null, typeof(JsonElement),
            "Null: no agent of this gateway has a heartbeat."),
        new(AgentsListResult.Method, Role.Operator, Scope.Read, HandlerKey.Reading, true, typeof(NoParams), typeof(AgentsListResult),
            "The agents that are configured; the first is the default one."),
        new(ModelsListParams.Method, Role.Operator, Scope.Read, HandlerKey.Reading, true, typeof(ModelsListParams), typeof(ModelsListResult),
            "The models that the configured agents name."),
    ];
}
