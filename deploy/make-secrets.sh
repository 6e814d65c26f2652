#!/bin/sh
# Makes what is missing of deploy/secrets, for compose.cluster.yaml: passwords that nobody needs to type,
# and the certificate by which the scheduler, the workers and the bots of the cluster know one another.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
cd secrets

if [ ! -e database_url ]; then
    password=$(openssl rand -hex 24)
    printf %s "$password" >postgres_password
    printf %s "postgresql://hueharvest:$password@postgres/hueharvest" >database_url
fi

if [ ! -e grafana_password ]; then
    printf %s "$(openssl rand -hex 24)" >grafana_password
fi

if [ ! -e tls ]; then
    new=$(mktemp -d tls.XXXXXX)
    cat >"$new/extensions" <<END
basicConstraints=critical,CA:FALSE
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:scheduler
authorityKeyIdentifier=keyid
END
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
        -subj "/CN=HueHarvest cluster CA" -addext keyUsage=critical,keyCertSign \
        -keyout "$new/ca.key" -out "$new/ca.pem"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -subj "/CN=HueHarvest cluster" -keyout "$new/cluster.key" |
        openssl x509 -req -days 3650 -CA "$new/ca.pem" -CAkey "$new/ca.key" \
            -extfile "$new/extensions" -out "$new/cluster.pem"
    # Nobody else shall be let in.
    rm "$new/ca.key" "$new/extensions"
    chmod 755 "$new"
    mv "$new" tls
fi

# A container sees its own files only, but as a user of its own: on this machine, the folder's mode
# keeps everybody else out.
chmod 444 postgres_password database_url grafana_password tls/*
