namespace SparsePipeline.Gateway.Access;

/// <summary>What stands for a key at an endpoint that needs none. An endpoint without this is open to everybody, and each request to it counts.</summary>
internal enum Vouching
{
    /// <summary>The endpoint looks itself at what came with the request: only what it refuses counts against the sender's address.</summary>
    ByEndpoint,

    /// <summary>Nothing; probes of this process's health are counted apart.</summary>
    Probe,
}
