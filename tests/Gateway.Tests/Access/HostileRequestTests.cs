using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Access;

/// <summary>What nobody sends by mistake, at every endpoint of the description.</summary>
public sealed class HostileRequestTests
{
    private const string Script = "<script>alert(1)</script>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_is_a_path_or_a_script_is_refused_at_every_endpoint_and_leaves_nothing()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        var looked = 0;

        foreach (var (method, path, _) in await OperationsAsync(gateway))
        {
            foreach (var hostile in path.Contains('{', StringComparison.Ordinal) ? new[] { "..%2f..%2fkeys", "%2e%2e", "a%00b", "%5c..%5c", Uri.EscapeDataString(Script), new string('a', 2000), "%ff" } : [])
            {
                var answer = await admin.SendAsync(RequestOf(method, Filled(path, hostile), "{}"), Token);
                ((int)answer.StatusCode).ShouldBeInRange(400, 499, $"{method} {path} with {hostile}");
                (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain(Script, Case.Insensitive, $"{method} {path}");
                looked++;
            }
        }

        looked.ShouldBeGreaterThan(100);
        var kept = await gateway.Objects.ListAsync("", Token).ToListAsync(Token);
        kept.ShouldAllBe(k => k.StartsWith("keys/") || k.StartsWith("audit/") || k.StartsWith("requests/") || k.StartsWith("outbox/"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_wherever_there_is_one()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        var large = new string(' ', 1_100_000);
        var looked = 0;

        foreach (var (method, path, operation) in await OperationsAsync(gateway))
        {
            if (!operation.TryGetProperty("requestBody", out var body) || !operation.TryGetProperty("security", out _))
                continue;
            var type = body.GetProperty("content").EnumerateObject().First().Name;
            using var request = RequestOf(method, Filled(path, "small"), large, type);
            // So that the answer comes before the body does, and not a connection that is closed in the middle of it.
            request.Headers.ExpectContinue = true;
            (await admin.SendAsync(request, Token)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, $"{method} {path}");
            looked++;
        }

        looked.ShouldBeGreaterThan(7);
    }

    [Fact]
    public async Task Whoever_sends_a_body_byte_by_byte_is_hung_up_on()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        using var socket = new TcpClient();
        await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Token);
        await using var stream = socket.GetStream();
        var head = $"PUT /v1/recipes/small HTTP/1.1\r\nHost: localhost\r\nAuthorization: {admin.DefaultRequestHeaders.Authorization}\r\nIf-None-Match: *\r\nContent-Length: 1000\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Token);
        var reading = new StreamReader(stream).ReadToEndAsync(Token);

        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(500, Token));
            try
            {
                await stream.WriteAsync("x"u8.ToArray(), Token);
            }
            catch (IOException)
            {
                break;
            }
        }

        (await reading).ShouldStartWith("HTTP/1.1 408");
        (await gateway.Objects.ListAsync("recipes/", Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    private static HttpRequestMessage RequestOf(HttpMethod method, string address, string body, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        if (method != HttpMethod.Get)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        return request;
    }

    private static string Filled(string path, string value) => string.Join('/', path.Split('/').Select(p => p.StartsWith('{') ? value : p));

    private static async Task<IReadOnlyList<(HttpMethod Method, string Path, JsonElement Operation)>> OperationsAsync(TestGateway gateway)
    {
        using var nobody = gateway.Client();
        var document = JsonDocument.Parse(await nobody.GetStringAsync("/openapi/v1.json", Token)).RootElement;
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select (HttpMethod.Parse(operation.Name), new Uri(gateway.Address, path.Name).ToString(), operation.Value),
        ];
    }
}
