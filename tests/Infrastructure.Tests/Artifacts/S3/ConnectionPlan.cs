namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>How a <see cref="TcpProxy"/> treats one connection; it is cut when as many bytes have passed, and as it is by default never.</summary>
internal sealed record ConnectionPlan(long RequestBytes = long.MaxValue, long AnswerBytes = long.MaxValue);
