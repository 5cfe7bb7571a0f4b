namespace SparsePipeline.Infrastructure.Bus;

/// <summary>A message for programs that are no part of the pipeline.</summary>
/// <param name="Id">The same however often it is sent.</param>
/// <param name="RoutingKey">What receivers choose by.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Headers">By name.</param>
/// <param name="Body">What it says.</param>
public sealed record EventMessage(string Id, string RoutingKey, string ContentType, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
