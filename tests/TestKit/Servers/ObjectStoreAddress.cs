namespace SparsePipeline.TestKit.Servers;

/// <summary>How an S3 server is reached by somebody who may make buckets.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="AccessKey">Access key.</param>
/// <param name="SecretKey">Secret key.</param>
public sealed record ObjectStoreAddress(Uri Endpoint, string AccessKey, string SecretKey)
{
    /// <summary>Environment variable with the endpoint; <c>…_ACCESS_KEY</c> and <c>…_SECRET_KEY</c> go with it.</summary>
    public const string Variable = "SPARSEPIPELINE_TEST_S3";

    /// <summary>The server the environment names; null when it names none.</summary>
    public static ObjectStoreAddress? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } endpoint
        ? new(new Uri(endpoint), Key("_ACCESS_KEY"), Key("_SECRET_KEY"))
        : null;

    private static string Key(string suffix) => Environment.GetEnvironmentVariable(Variable + suffix)
        ?? throw new InvalidOperationException($"{Variable} is set and {Variable}{suffix} is not.");
}
