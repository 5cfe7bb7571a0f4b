using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>What people outside .NET would do.</summary>
internal static class Scripts
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Publishes with the shipped script; returns what it printed.</summary>
    public static async Task<string> PythonAsync(TemporaryFolder folder, Uri gateway, string token, string file, string model, params string[] recipe)
    {
        var key = folder.File("key");
        await File.WriteAllTextAsync(key, token + "\n", Token);
        var script = Path.Combine(RepositoryFolder.Path, "examples", "publish", "sparsepipeline_publish.py");
        var (code, output, error) = await RunAsync("/usr/bin/python3", ["-B", script, gateway.ToString(), key, file, model, .. recipe], new Dictionary<string, string>());
        code.ShouldBe(0, error);
        return output.Trim();
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Uploads a file; returns its reference.</summary>
    public static async Task<JsonElement> UploadAsync(HttpClient client, string file)
    {
        var bytes = await File.ReadAllBytesAsync(file, Token);
        var upload = await OpenAsync(client, bytes);
        await SendAsync(upload, bytes);
        return await BodyAsync(await client.PostAsync($"/v1/uploads/{upload.GetProperty("uploadId").GetString()}/complete", Json(new { }), Token));
    }

    /// <summary>Announces a network and sends nothing; returns the id of the upload.</summary>
    public static async Task<string> OpenUploadAsync(HttpClient client, int seed) => (await OpenAsync(client, BytesOf(seed))).GetProperty("uploadId").GetString()!;

    /// <summary>Sends a network that was announced before.</summary>
    public static async Task SendUploadAsync(HttpClient client, int seed) => await SendAsync(await OpenAsync(client, BytesOf(seed)), BytesOf(seed));

    private static byte[] BytesOf(int seed)
    {
        using var folder = new TemporaryFolder();
        return File.ReadAllBytes(Network(seed).Save(folder.File("net.safetensors")));
    }

    private static async Task<JsonElement> OpenAsync(HttpClient client, byte[] bytes) => await BodyAsync(await client.PostAsync(
        "/v1/uploads", Json(new { sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), sizeBytes = bytes.Length, format = "safetensors" }), Token));

    private static async Task SendAsync(JsonElement upload, byte[] bytes)
    {
        using var nobody = new HttpClient();
        (await nobody.PutAsync(upload.GetProperty("url").GetString(), new ByteArrayContent(bytes), Token)).IsSuccessStatusCode.ShouldBeTrue();
    }
}
