{{- define "sparsepipeline.labels" -}}
app.kubernetes.io/part-of: sparsepipeline
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* What every container is allowed: nothing that it does not need. */}}
{{- define "sparsepipeline.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "sparsepipeline.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- /* Where broker and store are. */}}
{{- define "sparsepipeline.connections" -}}
- { name: SPARSEPIPELINE_Bus__Transport, value: rabbitmq }
- { name: SPARSEPIPELINE_RabbitMq__Host, value: {{ .Values.broker.host | quote }} }
- { name: SPARSEPIPELINE_RabbitMq__Port, value: {{ .Values.broker.port | quote }} }
- { name: SPARSEPIPELINE_RabbitMq__VirtualHost, value: {{ .Values.broker.virtualHost | quote }} }
- { name: SPARSEPIPELINE_RabbitMq__Tls, value: {{ .Values.broker.tls | quote }} }
- { name: SPARSEPIPELINE_RabbitMq__PasswordFile, value: /run/secrets/sparsepipeline/broker-password }
{{- if .Values.broker.authoritySecret }}
- { name: SPARSEPIPELINE_RabbitMq__CertificateAuthorityFile, value: /run/secrets/broker-authority/ca.pem }
{{- end }}
{{- end }}

{{- define "sparsepipeline.store" -}}
- { name: SPARSEPIPELINE_Store__Kind, value: s3 }
- { name: SPARSEPIPELINE_S3__Endpoint, value: {{ .Values.store.endpoint | quote }} }
- { name: SPARSEPIPELINE_S3__Region, value: {{ .Values.store.region | quote }} }
- { name: SPARSEPIPELINE_S3__Bucket, value: {{ .Values.store.bucket | quote }} }
- { name: SPARSEPIPELINE_S3__AccessKeyFile, value: /run/secrets/sparsepipeline/store-access-key }
- { name: SPARSEPIPELINE_S3__SecretKeyFile, value: /run/secrets/sparsepipeline/store-secret-key }
{{- if .Values.store.authoritySecret }}
- { name: SPARSEPIPELINE_S3__CertificateAuthorityFile, value: /run/secrets/store-authority/ca.pem }
{{- end }}
{{- end }}
