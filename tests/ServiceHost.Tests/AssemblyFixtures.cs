using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

[assembly: AssemblyFixture(typeof(BrokerServer))]
[assembly: Patience(seconds: 300)]
