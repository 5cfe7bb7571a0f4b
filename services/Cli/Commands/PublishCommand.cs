using System.CommandLine;
using System.Globalization;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Publishing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>publish FILE --model M</c>: hands a checkpoint to a gateway and says that it is there.</summary>
internal static class PublishCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "A checkpoint, as safetensors." };
    private static readonly Option<string> Model = new("--model") { Description = "What the model is called there.", HelpName = "MODEL", Required = true };
    private static readonly Option<string> Gateway = new("--gateway") { Description = "Address of the gateway.", HelpName = "URL", Required = true };
    private static readonly Option<string> KeyFile = new("--key-file") { Description = "File with the token of a key of role publisher.", HelpName = "FILE", Required = true };
    private static readonly Option<string?> Recipe = new("--recipe") { Description = "Stored recipe that a run is started with; subscriptions decide when left out.", HelpName = "NAME" };
    private static readonly Option<string?> Source = new("--source") { Description = "Who publishes; /sparsepipe/MODEL when left out.", HelpName = "TEXT" };
    private static readonly Option<string?> Id = new("--id") { Description = "Of the event, unique for its source; the file's digest when left out.", HelpName = "TEXT" };

    private static readonly Option<string[]> Tags = new("--tag") { Description = "NAME=VALUE for subscriptions to go by; may be given more than once.", HelpName = "NAME=VALUE" };
    private static readonly Option<string[]> Metrics = new("--metric") { Description = "NAME=NUMBER that was measured; may be given more than once.", HelpName = "NAME=NUMBER" };

    public static Command Create() => new CommandWithExamples(
        "publish",
        "Upload a checkpoint to a gateway and publish an event about it. To do so again changes nothing: the same file is the same event.",
        "sparsepipe publish net.safetensors --model digits --gateway http://localhost:8081 --key-file publisher.key",
        "sparsepipe publish net.safetensors --model digits --recipe sms-digits --tag branch=main --metric accuracy=0.98 --gateway http://localhost:8081 --key-file publisher.key")
    {
        FileArgument, Model, Gateway, KeyFile, Recipe, Source, Id, Tags, Metrics,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (path, model) = (invocation.Required(FileArgument), invocation.Required(Model));
        var (tags, metrics) = (Pairs(invocation.Value(Tags), "--tag", text => text), Pairs(invocation.Value(Metrics), "--metric", Number));
        WantedFile.Ensure(path, "FILE", "Give the path of a checkpoint.", ".safetensors");
        WantedFile.Ensure(invocation.Required(KeyFile), "--key-file", "Give a file that holds what `sparsepipe keys create` printed.");
        if (!Uri.TryCreate(invocation.Required(Gateway), UriKind.Absolute, out var gateway) || gateway.Scheme is not ("http" or "https"))
            throw new DomainException(FailureCodes.InvalidOption, $"--gateway {invocation.Required(Gateway)} is no address.", "Give one, such as http://localhost:8081.");
        var file = LocalFile.Of(Path.GetFullPath(path), ArtifactFormats.Safetensors, Check);
        using var client = new GatewayClient(gateway, (await File.ReadAllTextAsync(invocation.Required(KeyFile), cancellationToken)).Trim());
        await UploadAsync(client, file, cancellationToken);
        var answer = await client.PostAsync("/v1/events", new
        {
            Specversion = "1.0",
            Type = EventTypes.CheckpointPublished,
            Source = invocation.Value(Source) ?? $"/sparsepipe/{model}",
            Id = invocation.Value(Id) ?? file.Artifact.Digest,
            Data = new CheckpointPublished { Model = model, Checkpoint = file.Artifact, Recipe = invocation.Value(Recipe), Metrics = metrics, Tags = tags },
        }, "application/cloudevents+json", cancellationToken);
        invocation.Answer(answer);
        invocation.Say($"{answer.GetProperty("eventKey").GetString()}: {answer.GetProperty("state").GetString()}");
        return ExitCodes.Ok;
    }

    private static async Task UploadAsync(GatewayClient client, LocalFile file, CancellationToken cancellationToken)
    {
        var wanted = new { Sha256 = file.Artifact.Digest, file.Artifact.SizeBytes, file.Artifact.Format, Name = Path.GetFileName(file.Path) };
        var upload = await client.PostAsync("/v1/uploads", wanted, "application/json", cancellationToken);
        if (!upload.TryGetProperty("uploadId", out var id))
            return;
        await client.PutAsync(new Uri(upload.GetProperty("url").GetString()!), file.Path, cancellationToken);
        await client.PostAsync($"/v1/uploads/{id.GetString()}/complete", new object(), "application/json", cancellationToken);
    }

    private static void Check(string path)
    {
        using var state = CheckpointFile.Open(path, CheckpointUse.Network);
        state.EnsureFinite();
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? number
        : throw new DomainException(FailureCodes.InvalidOption, $"--metric: '{text}' is no number.", "Write NAME=NUMBER, such as accuracy=0.98.");

    private static SortedDictionary<string, T>? Pairs<T>(string[]? given, string option, Func<string, T> read)
    {
        if (given is not { Length: > 0 })
            return null;
        var pairs = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            pairs[parts.Length == 2 && parts[0].Length > 0 ? parts[0] : throw new DomainException(FailureCodes.InvalidOption, $"{option} '{text}' has no name or no value.", "Write NAME=VALUE.")] = read(parts[1]);
        }
        return pairs;
    }
}
