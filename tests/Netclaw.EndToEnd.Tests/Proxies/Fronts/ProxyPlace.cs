using System.Net;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>Where one proxy runs.</summary>
/// <param name="Listen">Where clients reach it.</param>
/// <param name="Gateway">Where it finds the gateway.</param>
/// <param name="Folder">Its certificate and users, readable for its own user.</param>
/// <param name="NetworkNamespace">Another host of the test's own; null: this one.</param>
internal sealed record ProxyPlace(IPEndPoint Listen, IPEndPoint Gateway, string Folder, string? NetworkNamespace);
