namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>What stands around a ready-made configuration: as little as the program needs to run in a folder of its own, in the foreground, as one process.</summary>
internal static class ProxyFrame
{
    /// <returns>The program's arguments; the files they name are written.</returns>
    public static string[] Write(ProxyProgram program, string site, string folder)
    {
        var siteFile = Path.Combine(folder, "site");
        var mainFile = Path.Combine(folder, "main");
        File.WriteAllText(siteFile, site);
        if (program == ProxyProgram.Nginx)
        {
            File.WriteAllText(mainFile, $$"""
                daemon off;
                master_process off;
                pid {{folder}}/scratch/pid;
                error_log stderr info;
                events { }
                http {
                    access_log off;
                    client_body_temp_path {{folder}}/scratch/body;
                    proxy_temp_path {{folder}}/scratch/proxy;
                    fastcgi_temp_path {{folder}}/scratch/fastcgi;
                    uwsgi_temp_path {{folder}}/scratch/uwsgi;
                    scgi_temp_path {{folder}}/scratch/scgi;
                    include {{siteFile}};
                }

                """);
            return ["-p", folder, "-c", mainFile, "-e", "stderr"];
        }

        if (program == ProxyProgram.Caddy)
        {
            File.WriteAllText(mainFile, $$"""
                {
                	admin off
                	auto_https disable_redirects
                	storage file_system {{folder}}/scratch
                }
                import {{siteFile}}

                """);
            return ["run", "--adapter", "caddyfile", "--config", mainFile];
        }

        File.WriteAllText(mainFile, """
            global
                log stderr format raw daemon
            defaults
                log global
                option httplog
                retries 0

            """);
        return ["-db", "-f", mainFile, "-f", siteFile];
    }
}
