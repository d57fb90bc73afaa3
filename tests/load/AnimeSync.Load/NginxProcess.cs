using System.Globalization;

namespace AnimeSync.Load;

/// <summary>nginx with its cache before the upstream, keyed by the whole body; it asks for no token.</summary>
internal static class NginxProcess
{
    public static async Task<ServerProcess> StartAsync(int port, Uri upstream)
    {
        var folder = Directory.CreateTempSubdirectory("animesync-nginx-").FullName;
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder, port, upstream));
        return await ServerProcess.StartAsync(
            Environment.GetEnvironmentVariable("NGINX_BIN")!,
            $"-c {configuration} -e {folder}/error.log",
            port,
            "/",
            new Dictionary<string, string>()
        );
    }

    private static string Configuration(string folder, int port, Uri upstream) =>
        $$"""
            daemon off;
            pid {{folder}}/nginx.pid;
            worker_processes auto;
            {{(Environment.IsPrivilegedProcess ? "user root;" : string.Empty)}}
            events {
              worker_connections 1024;
            }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              client_body_buffer_size 64k;
              fastcgi_temp_path {{folder}}/fastcgi;
              scgi_temp_path {{folder}}/scgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              proxy_temp_path {{folder}}/proxy;
              proxy_cache_path {{folder}}/cache keys_zone=answers:10m;
              keepalive_requests 1000000000;
              sendfile on;
              tcp_nopush on;
              open_file_cache max=100;
              server {
                listen 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}};
                location = /graphql {
                  proxy_pass {{upstream.GetLeftPart(UriPartial.Authority)}}/;
                  proxy_cache answers;
                  proxy_cache_methods POST;
                  proxy_cache_key $request_body;
                  proxy_cache_valid 200 1h;
                }
              }
            }
            """;
}
