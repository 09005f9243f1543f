using System.Reflection;
using System.Xml;
using System.Xml.Linq;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>The <c>&lt;akka&gt;&lt;hocon&gt;</c> section of the application's XML configuration file, beside its main assembly.</summary>
internal static class AppConfigFile
{
    public static Config Load()
    {
        if (Assembly.GetEntryAssembly()?.GetName().Name is not { } name) return Config.Empty;
        var file = Path.Combine(AppContext.BaseDirectory, name + ".dll.config");
        return File.Exists(file) ? Read(file) : Config.Empty;
    }

    private static Config Read(string file)
    {
        try
        {
            var hocon = XDocument.Load(file).Root?.Element("akka")?.Element("hocon")?.Value;
            return hocon is null ? Config.Empty : new Config(HoconParser.ParseText(hocon, file, AppContext.BaseDirectory));
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {error.Message}", error);
        }
    }
}
