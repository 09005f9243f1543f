using System.Reflection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Architecture;

/// <summary>Nothing that is secret has a printed form, and nothing that prints carries a secret.</summary>
public sealed class SecretTests
{
    private const string Canary = "canary-5e1f";

    private static readonly Assembly[] Assemblies =
    [
        typeof(RefusalTable).Assembly, typeof(ConnectionEvidence).Assembly, Assembly.Load("netclawd"), Assembly.Load("netclaw"),
    ];

    /// <summary>Words that make a text member a secret unless it is listed below with the reason.</summary>
    private static readonly string[] SecretWords = ["Token", "Password", "Secret", "PrivateKey", "Pem", "StretchedKey"];

    [Fact]
    public void SecretTypes_PrintAsStars()
    {
        Assert.Equal("***", new Secret(Canary).ToString());
        Assert.Equal("***", new SealedSecret([1, 2, 3]).ToString());
        using var key = SigningKey.Generate();
        Assert.StartsWith("***", key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, $"{new Secret(Canary)} {new ConnectAuth { Token = new Secret(Canary), Password = new Secret(Canary) }}");
    }

    [Fact]
    public void Members_NamedLikeSecrets_AreNotText()
    {
        var offenders = from assembly in Assemblies
            from type in assembly.GetTypes()
            where type.Namespace?.StartsWith("Netclaw", StringComparison.Ordinal) == true && !IsGenerated(type)
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where property.PropertyType == typeof(string) || property.PropertyType == typeof(byte[])
            where SecretWords.Any(word => property.Name.EndsWith(word, StringComparison.Ordinal))
            where IsRecord(type)
            select $"{type.FullName}.{property.Name}";
        Rule.Holds(offenders);
    }

    /// <summary>A log method that takes a secret, even to print stars, is one edit away from printing it.</summary>
    [Fact]
    public void LogMethods_TakeNoSecrets()
    {
        Type[] secrets = [typeof(Secret), typeof(SealedSecret), typeof(SigningKey), typeof(ConnectAuth)];
        var methods = (from assembly in Assemblies
            from type in assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where method.GetCustomAttribute<LoggerMessageAttribute>() is not null
            select method).ToList();
        Assert.NotEmpty(methods);
        Rule.Holds(from method in methods
            from parameter in method.GetParameters()
            where secrets.Contains(parameter.ParameterType)
            select $"{method.DeclaringType}.{method.Name}({parameter.Name})");
    }

    [Fact]
    public void LogEvents_HaveUniqueIds()
    {
        var ids = from assembly in Assemblies
            from type in assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            group $"{type.Name}.{method.Name}" by attribute.EventId;
        Rule.Holds(from id in ids where id.Count() > 1 select $"{id.Key}: {string.Join(", ", id)}");
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    private static bool IsGenerated(Type type) => type.Name.Contains('<', StringComparison.Ordinal);
}
